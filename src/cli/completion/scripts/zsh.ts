/**
 * Returns the completion script for zsh, to be sourced or saved as `_tug` in a directory of `$fpath`.
 * @param request the hidden command that the script calls
 * @param program the name that the program was called by
 */
export function zshScript(request: string, program: string): string {
  const name = program.replace(/\W/g, '_')
  return `#compdef ${program}
# zsh completion for ${program}. To use it for an alias: alias d=${program}; compdef _${name} d

_${name}() {
  local line word directive
  local -a typed lines found spacing
  typed=("\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}")
  lines=("\${(@f)$(${program} ${request} "\${typed[@]}" 2>/dev/null)}")
  directive=\${lines[-1]#:}
  lines[-1]=()
  if [[ -z $directive ]] || (( directive & 1 )); then return 1; fi
  if (( directive & 2 )); then spacing=(-S ''); fi
  if [[ $PREFIX == -*=* ]]; then compset -P 1 '*='; fi
  for line in "\${lines[@]}"; do
    word=\${line%%$'\\t'*}
    word=\${word//:/\\\\:}
    if [[ $line == *$'\\t'* ]]; then word+=":\${line#*$'\\t'}"; fi
    found+=("$word")
  done
  if (( \${#found} > 0 )); then
    _describe -V -t ${name} ${program} found "\${spacing[@]}"
  elif (( directive & 16 )); then
    _files -/
  elif (( ! (directive & 4) )); then
    _files
  else
    return 1
  fi
}

if [[ \${funcstack[1]} == _${name} ]]; then _${name} "$@"; else compdef _${name} ${program}; fi
`
}
