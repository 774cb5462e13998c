"""What a hostile request, name, text or file meets at the portal's edge."""
