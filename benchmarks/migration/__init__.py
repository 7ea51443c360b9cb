"""Parts of benchmarks/migrate_beneficiaries.py."""
