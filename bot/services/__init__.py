"""Use cases: one verb a function, the unit of work first. Who is told what is read here, top to bottom."""
