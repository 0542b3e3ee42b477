/**
 * Returns the completion script for bash 4 and newer. It does not need the bash-completion package. bash also splits
 * words at `=` and `:`. The script joins them before it calls tug, and removes the part before the last split from the
 * candidates.
 * @param request the hidden command that the script calls
 * @param program the name that the program was called by
 */
export function bashScript(request: string, program: string): string {
  // Names of functions cannot have every character of a program's name.
  const name = program.replace(/\W/g, '_')
  return `# bash completion for ${program}. To use it for an alias: alias d=${program}; complete -o bashdefault -o default -F _${name} d

_${name}_words() {
  local rest=\${COMP_LINE:0:COMP_POINT} piece i
  words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    if [[ $i == 0 || $rest == [[:space:]]* ]]; then words+=(''); fi
    rest=\${rest#"\${rest%%[![:space:]]*}"}
    piece=\${COMP_WORDS[i]}
    if ((i == COMP_CWORD)); then piece=$rest; fi
    words[\${#words[@]} - 1]+=\${piece//[\\"\\'\\\\]/}
    rest=\${rest#"$piece"}
  done
}

_${name}() {
  local words line word summary directive cur prefix='' tail
  local -a lines=() found=() summaries=()
  COMPREPLY=()
  _${name}_words
  mapfile -t lines < <(${program} ${request} "\${words[@]:1}" 2>/dev/null)
  ((\${#lines[@]} > 0)) || return
  directive=\${lines[-1]#:}
  unset 'lines[-1]'
  if ((directive & 1)); then return; fi

  cur=\${words[-1]}
  if [[ $cur == -*=* ]]; then
    prefix=\${cur%%=*}=
    cur=\${cur#*=}
  fi
  for line in "\${lines[@]}"; do
    word=\${line%%$'\\t'*}
    summary=
    if [[ $line == *$'\\t'* ]]; then summary=\${line#*$'\\t'}; fi
    if [[ $word == "$cur"* ]]; then
      found+=("$prefix$word")
      summaries+=("$summary")
    fi
  done

  if ((directive & 2)); then compopt -o nospace; fi
  if ((directive & 4)); then compopt +o default +o bashdefault; fi
  if ((directive & 16)); then
    compopt -o filenames
    mapfile -t found < <(compgen -d -- "$cur")
  fi

  tail=$prefix$cur
  for word in = :; do
    if [[ $COMP_WORDBREAKS != *"$word"* ]]; then tail=\${tail//"$word"/}; fi
  done
  tail=\${tail##*[=:]}
  line=$prefix$cur
  prefix=\${line%"$tail"}
  found=("\${found[@]#"$prefix"}")

  if ((\${#found[@]} == 1)); then
    if ((directive & 16)); then COMPREPLY=("\${found[@]}"); else printf -v 'COMPREPLY[0]' %q "\${found[0]}"; fi
    return
  fi
  COMPREPLY=("\${found[@]}")
  # Summaries appear in a list of candidates only, never in the completed word.
  if [[ $COMP_TYPE == 63 || $COMP_TYPE == 33 || $COMP_TYPE == 64 ]]; then _${name}_describe; fi
}

_${name}_describe() {
  local i longest=0 room
  for word in "\${found[@]}"; do
    if ((\${#word} > longest)); then longest=\${#word}; fi
  done
  room=$((\${COLUMNS:-80} - longest - 4))
  for i in "\${!found[@]}"; do
    summary=\${summaries[i]}
    if [[ -z $summary ]] || ((room < 8)); then continue; fi
    if ((\${#summary} > room)); then summary=\${summary:0:room-1}…; fi
    printf -v 'COMPREPLY[i]' '%-*s  (%s)' "$longest" "\${found[i]}" "$summary"
  done
}

complete -o bashdefault -o default -F _${name} ${program}
`
}
