/** Parameters whose values people put secrets in: values for builds, and `ENV` lines of `--change`. */
const SECRET_PARAMETERS = new Set(['buildargs', 'changes', 'labels'])

/** A name and password in a URL that is a parameter, encoded as all of it is. */
const USER_INFO = /(%3A%2F%2F|:\/\/)(?:(?!%2F|\/).)*?(%40|@)/gi

/**
 * A request's path and query as they may be shown and logged, for `--debug`. Paths have names and ids; queries have
 * whatever was typed, so the values that may be secrets are left out.
 */
export function shownRequest(path: string): string {
  const mark = path.indexOf('?')
  if (mark < 0) return path
  const shown = path
    .slice(mark + 1)
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1)
      return SECRET_PARAMETERS.has(decoded(name).toLowerCase()) ? `${name}=***` : pair.replace(USER_INFO, '$1***$2')
    })
  return `${path.slice(0, mark)}?${shown.join('&')}`
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
