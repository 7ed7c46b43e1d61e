"""The door for browsers and API clients: thin routes over the services, errors in one shape."""
