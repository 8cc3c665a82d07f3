"""What the sources state, recomputed and judged."""
