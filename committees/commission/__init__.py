"""What the education commission does: sees all that is filed, countersigns a year's table, takes it out."""
