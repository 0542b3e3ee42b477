/**
 * Returns the completion script for fish, to be sourced or saved as `tug.fish` in fish's completions directory.
 * @param request the hidden command that the script calls
 * @param program the name that the program was called by
 */
export function fishScript(request: string, program: string): string {
  const name = program.replace(/\W/g, '_')
  return `# fish completion for ${program}. To use it for an alias: alias d=${program}; complete -c d -w ${program}

function __${name}_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l lines (${program} ${request} $typed[2..] "$current" 2>/dev/null)
    test (count $lines) -gt 0; or return
    set -l directive (string sub -s 2 -- $lines[-1])
    set -e lines[-1]
    test (math "bitand($directive, 1)") -eq 0; or return
    if test (count $lines) -gt 0
        # In --flag=value the candidates are values, so the flag is put before them.
        set -l flag (string match -r -- '^-[^=]*=' "$current")
        for line in $lines
            echo "$flag$line"
        end
    else if test (math "bitand($directive, 16)") -ne 0
        __fish_complete_directories "$current" ''
    else if test (math "bitand($directive, 4)") -eq 0
        __fish_complete_path "$current"
    end
end

complete -c ${program} -e
complete -c ${program} -f -a '(__${name}_complete)'
`
}
