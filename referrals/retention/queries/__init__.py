"""Read what is kept, held, proposed and erased."""
