"""What a chapter is and says: its parameters, values, claims and figures."""
