"""Job workers: processes, any number of them, that take jobs from the database and do them."""
