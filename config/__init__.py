"""Settings, logging and the web server's configuration."""
