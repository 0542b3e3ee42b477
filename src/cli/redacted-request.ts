/** Query parameters that may contain secrets: build arguments, `ENV` lines of `--change`, and labels. */
const SECRET_PARAMETERS = new Set(['buildargs', 'changes', 'labels'])

/** A name and password in a URL that is the value of a parameter, percent-encoded or not. */
const USER_INFO = /(%3A%2F%2F|:\/\/)(?:(?!%2F|\/).)*?(%40|@)/gi

/**
 * Returns the path and query of a request for the output of `--debug`. Values that may be secrets are replaced by `***`.
 */
export function redactRequest(path: string): string {
  const mark = path.indexOf('?')
  if (mark < 0) return path
  const parameters = path
    .slice(mark + 1)
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1)
      return SECRET_PARAMETERS.has(decode(name).toLowerCase()) ? `${name}=***` : pair.replace(USER_INFO, '$1***$2')
    })
  return `${path.slice(0, mark)}?${parameters.join('&')}`
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
