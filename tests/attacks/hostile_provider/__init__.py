"""An OpenID provider that misbehaves on demand."""
