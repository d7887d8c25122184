"""What one screen needs from several rooms, built once, shown by portal and desk."""
