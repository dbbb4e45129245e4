"""What is out there: organisations, their services, where and when. Front door: `catalogue`."""
