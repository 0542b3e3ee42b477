/** Returns a container's name without the slash that Docker's engines put in front of it, and Podman's only in lists. */
export function withoutSlash(name: string): string {
  return name.startsWith('/') ? name.slice(1) : name
}
