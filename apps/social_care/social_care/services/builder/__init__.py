"""The builder of services: a pack as tables in the desk, its checks, its preview, its publishing."""
