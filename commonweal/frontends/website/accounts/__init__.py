"""Sign-in pages: the sign-in package's flows in our pages, its adapters calling our actions."""
