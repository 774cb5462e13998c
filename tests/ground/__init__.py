"""What tests stand on: databases, the cast, hosts, a live server, a browser."""
