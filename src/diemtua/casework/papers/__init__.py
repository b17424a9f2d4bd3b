"""Papers of a case: notes, files and body maps, sealed, in versions, and withdrawn with a reason."""
