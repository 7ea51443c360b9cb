"""What a browser is told and given: headers, a Content-Security-Policy, errors without traces, texts without markup."""
