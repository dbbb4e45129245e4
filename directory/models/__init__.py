"""What is stored about organisations and services, shaped as Open Referral (HSDS) shapes it."""
