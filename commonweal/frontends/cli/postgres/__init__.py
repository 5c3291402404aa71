"""PostgreSQL from a wheel under our own supervision: scram passwords, a private socket, no network, two logins."""
