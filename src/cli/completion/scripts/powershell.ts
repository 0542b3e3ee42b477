/**
 * Returns the completion script for PowerShell 5 and newer, to be loaded from the profile. Candidates of a flag's value are
 * offered with the flag, because PowerShell replaces the whole word.
 * @param request the hidden command that the script calls
 * @param program the name that the program was called by
 */
export function powershellScript(request: string, program: string): string {
  return `# PowerShell completion for ${program}. To use it for an alias, register the same block for the alias's name.

Register-ArgumentCompleter -Native -CommandName '${program}' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $typed = @()
    foreach ($element in $commandAst.CommandElements) {
        if ($element.Extent.StartOffset -lt $cursorPosition -and $element.Extent.EndOffset -lt $cursorPosition) {
            $typed += $element.Extent.Text.Trim("'", '"')
        }
    }
    $typed = @($typed | Select-Object -Skip 1)
    # Windows PowerShell does not pass empty arguments to programs, unless they are quoted twice.
    $last = $wordToComplete
    if ($last -eq '' -and $PSVersionTable.PSVersion -lt [version]'7.3') { $last = '""' }

    $lines = @(& '${program}' ${request} @typed $last 2>$null)
    if ($lines.Count -eq 0) { return }
    $directive = [int]$lines[-1].TrimStart(':')
    if ($directive -band 1) { return }

    $prefix = ''
    if ($wordToComplete -match '^(-[^=]*=)') { $prefix = $Matches[1] }
    $found = @($lines | Select-Object -SkipLast 1 | ForEach-Object {
        $word, $summary = $_ -split "\`t", 2
        if (-not $summary) { $summary = $word }
        if ("$prefix$word" -like ([WildcardPattern]::Escape($wordToComplete) + '*')) {
            $text = "$prefix$word"
            if ($text -match '[\\s''"\`$;&|()<>{}@#,]') { $text = "'" + $text.Replace("'", "''") + "'" }
            [System.Management.Automation.CompletionResult]::new($text, $word, 'ParameterValue', $summary)
        }
    })
    if ($found.Count -gt 0) { return $found }
    # An empty result makes PowerShell complete file names; a space keeps it from doing so.
    if ($directive -band 4) { return ' ' }
}
`
}
