"""What is kept of an error: where the program failed and of what kind, never what it held.

The framework writes the variables of every function on the stack into Error Log, the parameters of a request into its log
file, and the message of a failed job into the log of the worker and into Redis. Here these are names and numbers of children, and
the database's password. One rule takes them out, whoever logs (docs/SECURITY.md).
"""
