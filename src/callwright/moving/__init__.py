"""Many customers of a task moved at once by a job worker: into another task, to be called again, or out."""
