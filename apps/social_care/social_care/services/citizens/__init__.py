"""What citizens do themselves: find a service, apply, bring papers, follow, answer, withdraw, appeal, rate. Nobody logs in."""
