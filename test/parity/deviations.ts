import type { Part } from './compare.ts'

export interface Deviation {
  /** The group, or several groups that differ in the same way. */
  readonly group: string | readonly string[]
  /** Matches the names of the cases it covers. */
  readonly cases: RegExp
  /** The parts in which tug differs from docker on purpose. A part that no longer differs fails the test. */
  readonly parts: readonly Part[]
  readonly because: string
}

/** The deliberate differences from the reference client. Every other difference is a bug. */
export const deviations: readonly Deviation[] = [
  {
    group: 'byte-paths',
    cases: /# \.dockerignore (in UTF-16|with bytes that are not UTF-8)$/,
    parts: ['stderr'],
    because: "docker's parser of patterns prints where they are not UTF-8; they match as in docker",
  },
  {
    group: 'times',
    cases: /# summer, recorded in winter$/,
    parts: ['wire'],
    because: 'a time without a zone has the offset of its own date; docker gives it the offset of today',
  },
  {
    group: 'context-shapes',
    cases: /# (docker is empty|Host is (null|empty)\b)/,
    parts: ['stderr'],
    because: 'a context without a host is refused; docker connects to the daemon on this machine instead',
  },
  {
    group: 'context-shapes',
    cases: /# config\.json is \{"currentContext":(5\}|"low",?)$/,
    parts: ['stderr'],
    because:
      'an invalid config.json that selects a context is an error; docker warns and connects to the daemon on this machine',
  },
  {
    group: 'context-shapes',
    cases: /# Host (is fd|of an unknown scheme)$/,
    parts: ['stderr'],
    because: 'an unknown scheme is refused; docker sends plain HTTP to that host',
  },
  {
    group: 'prune',
    cases: /^(container|image|network|system|volume) prune -f {2}# (label|no-equals,label)/,
    parts: ['wire'],
    because:
      'label filters in pruneFilters apply; docker drops them without a word and deletes what they were to protect',
  },
  {
    group: 'prune',
    cases: /^builder prune -f {2}# (label|no-equals,label)/,
    parts: ['stderr', 'wire'],
    because:
      "label filters in pruneFilters apply, and docker's advice to install its buildx plugin is left out, as below",
  },
  {
    group: 'logs',
    cases: /^logs a b$/,
    parts: ['stdout', 'stderr', 'wire'],
    because: 'logs takes several containers',
  },
  {
    group: 'logs',
    cases: /^(container )?logs( (--bogus a|-x a|--tail|-n|-f=maybe a))?$/,
    parts: ['stderr'],
    because: 'the usage line says that several containers may be named',
  },
  {
    group: ['pull', 'push'],
    cases: /^(pull|push) a b$/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: 'several images may be named; docker takes one',
  },
  {
    group: 'completion',
    cases: /^__completeNoDesc pull (web (mine )?)?""$/,
    parts: ['stdout', 'wire'],
    because: 'images are completed, as in docker 29',
  },
  {
    group: 'completion',
    cases: /^__completeNoDesc images ""$/,
    parts: ['stdout', 'stderr', 'wire'],
    because: 'images are completed, as in docker 29',
  },
  {
    group: 'completion',
    cases: /^__completeNoDesc images web (mine )?""$/,
    parts: ['stdout', 'stderr'],
    because: 'only possible values are offered, or none; docker offers files',
  },
  {
    group: 'service-completion',
    cases: /^__completeNoDesc service ls --filter ""$/,
    parts: ['stdout', 'stderr'],
    because: 'filters are completed, as in docker 29',
  },
  {
    group: 'images',
    cases: /^images --tree( -a| nginx| -f dangling=true)? {2}# (tree|tree, daemon 1\.47|a name longer.*|no images)$/,
    parts: ['stdout'],
    because: '`--tree` draws as in docker 29: without a warning, sorted by name, and with whole names',
  },
  {
    group: 'commit',
    cases: /^commit --no-pause a$/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`--no-pause` is the same as `--pause=false`, as in docker 29',
  },
  {
    group: 'save',
    cases: /^save --platform linux\/amd64,linux\/arm64 a$/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: 'several platforms may be named, as in docker 29',
  },
  {
    group: 'completion',
    cases: /^__completeNoDesc push web (mine )?""$/,
    parts: ['stdout', 'wire'],
    because: 'several images may be named; docker takes one',
  },
  {
    group: ['pull', 'push'],
    cases: /^(image )?(pull|push)( (--bogus|-x) a)?$/,
    parts: ['stderr'],
    because: 'the usage line says that several images may be named',
  },
  {
    group: 'search-path',
    cases: /^pull .*PATH=((\.|:|sub|\.\/sub:<dir>\/bin|\.\.\/bin|[.:]+<dir>\/bin|<dir>\/none::<dir>\/bin)?)$/,
    parts: ['stderr'],
    because: 'a helper that cannot be run is reported; docker pulls without credentials and without an error',
  },
  {
    group: 'ps',
    cases: /# DOCKER_API_VERSION=bogus$/,
    parts: ['stderr', 'wire'],
    because: 'DOCKER_API_VERSION becomes part of every path, so an invalid version is refused; docker sends it',
  },
  {
    group: 'endpoint-forms',
    cases: /^-H "?(tcp:\/\/)?\[::1\]"? ps/,
    parts: ['stderr'],
    because: 'an IPv6 address in brackets needs no port, like other hosts',
  },
  {
    group: 'endpoint-forms',
    cases: /^-H fd:\/\/127/,
    parts: ['stderr'],
    because: 'an unknown scheme is refused; docker sends plain HTTP to that host',
  },
  {
    group: 'endpoint-forms',
    cases: /^-H "?((http|bogus):\/\/u:secret@|tcp:\/\/u:(sec( |%zz|\/|#)ret@127\.0\.0\.1:1|secret@127\.0\.0\.1:x))/,
    parts: ['stderr'],
    because: 'passwords are not shown',
  },
  {
    group: 'endpoint-forms',
    cases:
      /DOCKER_API_VERSION="(1\.x|-1|foo| | 1\.41|1\.41 |1\.41\/\.\.\/x|\.\.\/x|1\.41\?a=b|1\.41\\r\\nX-Evil: 1|é)"$/,
    parts: ['stderr', 'wire'],
    because: 'DOCKER_API_VERSION becomes part of every path, so an invalid version is refused; docker sends it',
  },
  {
    group: 'pings',
    cases: /# Api-Version: (foo|1\.x)$/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: "an invalid version of a daemon is not used in paths; the client's own version is used instead",
  },
  {
    group: 'pings',
    cases: /# Api-Version: 1\.41\/\.\.\/\.\.$/,
    parts: ['wire'],
    because: "an invalid version of a daemon is not used in paths; the client's own version is used instead",
  },
  {
    group: 'ssh-urls',
    cases: /^-H "?ssh:\/\/u:(se(#|\/|%zz)cret@h|secret@h:x)"? ps$/,
    parts: ['stderr'],
    because: 'passwords are not shown',
  },
  {
    group: 'context-shapes',
    cases: /# Host has a password$/,
    parts: ['stderr'],
    because: 'passwords are not shown',
  },
  {
    group: 'build',
    cases: /--disable-content-trust=false/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because:
      'content trust is not supported, so a build that enables it is refused, even if no image would be verified',
  },
  {
    group: 'build',
    cases: /# no BuildKit$/,
    parts: ['stderr', 'wire'],
    because: 'without BuildKit the daemon builds with its classic builder; docker says that its plugin is missing',
  },
  {
    group: 'buildkit',
    cases: /^build -o type=(oci|docker),dest=out\.tar (\.|--sbom=true \. {2}# containerd)$/,
    parts: ['outputs'],
    because: 'a file is written completely or not at all: a build that is refused leaves none behind',
  },
  {
    group: 'buildkit',
    cases: /BUILDX_NO_DEFAULT_LOAD=x$/,
    parts: ['stderr'],
    because: 'the warning is printed once',
  },
  {
    group: 'buildkit',
    cases: /^build github\.com\//,
    parts: ['exit', 'stderr', 'wire'],
    because: "BuildKit supports this short form of a repository's URL, but docker's client no longer does",
  },
  {
    group: 'buildkit',
    cases: /# git: (a space in the password|an invalid port)$/,
    parts: ['wire'],
    because: "the password is also removed from a remote's URL that cannot be parsed",
  },
  {
    group: 'buildkit',
    cases: /^build --platform "" /,
    parts: ['stderr'],
    because: "the error quotes the pattern of docker's run and pull; docker's build has a newer one",
  },
  {
    group: 'images',
    cases: /^(images|image ls|image list) a b\b/,
    parts: ['stderr'],
    because: "docker's message about too many arguments has a typo: \"SRun 'docker images --help'\"",
  },
  {
    group: 'search',
    cases: /^search --format \{\{ busybox$/,
    parts: ['wire'],
    because: 'an invalid template is refused before any request is sent',
  },
  {
    group: ['images', 'network', 'volume', 'history'],
    cases: /--format ("\{\{bogus|\{\{( app| {2}# format)?$)/,
    parts: ['wire'],
    because: 'an invalid template is refused before any request is sent',
  },
  {
    group: 'templates',
    cases:
      /^(images|history|network ls|volume ls) .*(nope \.|open|=\{\{else|undefined|=\{\{break|unterminated|1x|=\{\{\.\w+( app)?$)/,
    parts: ['wire'],
    because: 'an invalid template is refused before any request is sent',
  },
  {
    group: ['images', 'network', 'volume', 'plugin'],
    cases: /# \w+Format \{\{$/,
    parts: ['stderr', 'wire'],
    because: 'the error about an invalid format in config.json names its key and file, and comes before any request',
  },
  {
    group: ['images', 'network', 'volume', 'ps', 'stats', 'plugin'],
    cases: /# \w+Format \{\{(\.Bogus\}\})?$/,
    parts: ['stderr'],
    because: 'the error about an invalid format in config.json names its key and file',
  },
  {
    group: 'history',
    cases: /^history ""/,
    parts: ['stderr', 'wire'],
    because: 'an empty name is refused; docker requests the history of an image without a name',
  },
  {
    group: 'images',
    cases: /# daemon 1\.24$/,
    parts: ['wire'],
    because: 'daemons older than 20.10 (API 1.41) are not supported, and API 1.24 has another filter',
  },
  {
    group: 'ps',
    cases: /DOCKER_API_VERSION=bogus$/,
    parts: ['wire'],
    because: 'filters are not sent in the form of API versions before 1.22',
  },
  {
    group: 'rm',
    cases: /^rm \.\.$/,
    parts: ['stderr', 'wire'],
    because:
      '`..` is escaped in the path: docker requests the deletion of /v1.50 itself; tug reports that there is no such container',
  },
  {
    group: 'rmi',
    cases: /^rmi (a )?""/,
    parts: ['stderr', 'wire'],
    because: 'an empty name is refused; docker sends a DELETE for /images',
  },
  {
    group: 'rmi',
    cases: /^rmi " "/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: 'a blank name is refused, as docker does for containers',
  },
  {
    group: 'rm',
    cases: /^rm a\/\.\.\/b/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`..` is escaped in the path: docker removes container b',
  },
  {
    group: 'stop',
    cases: /^(container )?stop (\.\.|\/)$/,
    parts: ['stderr', 'wire'],
    because: '`..` and `/` are escaped in the path: docker requests a path above the containers',
  },
  {
    group: 'stop',
    cases: /^(container )?stop a\/\.\.\/b/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`..` is escaped in the path: docker stops container b',
  },
  {
    group: 'rmi',
    cases: /^rmi \.\.\/x/,
    parts: ['stderr', 'wire'],
    because: '`..` is escaped in the path: docker requests the deletion of /v1.50/x',
  },
  {
    group: 'images',
    cases: /^images a b c -q$/,
    parts: ['stderr'],
    because: "docker's message about too many arguments has a typo: \"SRun 'docker images --help'\"",
  },
  {
    group: 'kill',
    cases: /^kill a\/\.\.\/b/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`..` is escaped in the path: docker kills container b',
  },
  {
    group: 'kill',
    cases: /^kill (\.\.|\/)$/,
    parts: ['stderr', 'wire'],
    because: '`..` and `/` are escaped in the path: docker requests a path above the containers',
  },
  {
    group: 'auth-config',
    cases: /^login env\.example\.com {2}# refused$/,
    parts: ['stderr', 'outputs'],
    because: 'credentials that the registry refused are not stored, so there is no warning',
  },
  {
    group: ['helpers', 'pull', 'push', 'search', 'auth-config'],
    cases:
      /^(?!logout)(?!login -u).*(broken\.example\.com|# (no such helper|prints (nothing|garbage|a list|a number|a wrong type|half an object)|fails (without output|with output|on stderr)|has no (server|user)|is killed|is not a program|is not executable|prints not found and succeeds)$)/,
    parts: ['stderr'],
    because: 'docker continues without credentials and does not report that the helper failed',
  },
  {
    group: 'helpers',
    cases: /^logout .*# (prints nothing|prints to stderr|fails|has no|is)/,
    parts: ['stderr'],
    because: 'docker counts a server twice and therefore does not report that nothing was erased',
  },
  {
    group: 'helpers',
    cases:
      /^logout .*# (pass(, no config.json|, with empty auths|, with another credsStore)?|secretservice( and pass)?)$/,
    parts: ['outputs'],
    because: 'a helper is called once for each spelling of the server',
  },
  {
    group: 'auth-config',
    cases: /^push /,
    parts: ['wire'],
    because: 'clients since 28.3 send an empty object with a push, which no daemon reads; 28.2 sends nothing',
  },
  {
    group: 'auth-config',
    cases: /^logout .*# (no such helper|no JSON)$/,
    parts: ['stderr'],
    because: 'a helper is called once for each spelling of the server, and the variable is read once',
  },
  {
    group: 'auth-config',
    cases: /^logout .*# over a helper$/,
    parts: ['outputs'],
    because: 'a helper is called once for each spelling of the server',
  },
  {
    group: 'plugins',
    cases: /^info .*# schemas$/,
    parts: ['stdout'],
    because: 'plugins of schema versions below 2.0.0 are accepted, as in docker 28.4 and newer',
  },
  {
    group: 'plugins',
    cases: /^newschema$/,
    parts: ['exit', 'stderr'],
    because: 'plugins of schema versions below 2.0.0 are accepted, as in docker 28.4 and newer',
  },
  {
    group: 'plugins',
    cases: /^info .*# a link without a target$/,
    parts: ['stdout'],
    because: 'links among the plugins whose target is missing are ignored, as in docker 29',
  },
  {
    group: 'config-values',
    cases: /^logout a {2}# .*(psFormat|"b":5|HttpHeaders)/,
    parts: ['outputs'],
    because: 'values of wrong types stay in config.json, and so do the other credentials, which docker loses',
  },
  {
    group: 'config-values',
    cases: /^logout a {2}# (\[\]|\{"auths":\{"a":\{"auth":"YTpi"\})$/,
    parts: ['stderr'],
    because: 'logout reports that it has not removed anything from a file that it cannot read',
  },
  {
    group: 'login',
    cases:
      /^login -u me -p secret (https?:\/\/\/?(path)?|\/|\/path|\/\/example\.com\/x|https:\/\/example\.com:port\/x|"https:\/\/exa mple\.com\/x")( {2}# spelling)?$/,
    parts: ['exit', 'stdout', 'stderr', 'wire', 'outputs'],
    because: 'an address without a host is refused; docker sends the password to Docker Hub',
  },
  {
    group: 'login',
    cases: /^login a\.com b\.com$/,
    parts: ['stderr'],
    because: 'docker\'s message about too many arguments has a typo: "SRun"',
  },
  {
    group: 'login',
    cases: /# spaces$/,
    parts: ['wire', 'outputs'],
    because: 'blanks around a password from stdin belong to it, as in docker 29',
  },
  {
    group: ['run', 'exec', 'attach'],
    cases: / --detach-keys bogus |# bad detachKeys$/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because:
      'invalid detach keys are refused before the first request, as in docker 29; docker leaves that to the daemon',
  },
  {
    group: 'create-values',
    cases: /^create --mount type=bind,src=\/a,dst=\/b,bind-create-src busybox$/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: 'bind-create-src of --mount creates a missing source, as in docker 29',
  },
  {
    group: ['create-values', 'flag-values'],
    cases:
      /^create (--mount |--mount=|"--mount=)("" busybox| busybox|" type=bind, src| type=bind|type =|type=bind, src)/,
    parts: ['stderr'],
    because: 'empty mounts and blanks around their keys are reported in the words of docker 29',
  },
  {
    group: 'logout',
    cases: /^logout a b$/,
    parts: ['stderr'],
    because: 'docker\'s message about too many arguments has a typo: "SRun"',
  },
  {
    group: 'login',
    cases: /# (over stored|credHelpers|credsStore|keeps unknown keys|HttpHeaders, proxies)$/,
    parts: ['outputs'],
    because:
      'config.json contains credentials: it becomes readable by its owner only, and keys that docker removes are kept',
  },
  {
    group: 'logout',
    cases:
      /^(?!.*# no config)(?!logout index\.docker\.io {2}# spelling)logout( (https:\/\/)?(docker\.io|example\.com|index\.docker\.io|helped\.example\.com|h\.example\.com)|$)/,
    parts: ['outputs'],
    because:
      'config.json becomes readable by its owner only; a helper is called once for each server; docker.io is Docker Hub',
  },
  {
    group: 'logout',
    cases: /# no such helper$/,
    parts: ['stderr'],
    because: 'docker counts a server twice and therefore does not report that nothing was erased',
  },
  {
    group: 'pull',
    cases: /# error without detail$/,
    parts: ['exit', 'stdout', 'stderr'],
    because: 'an error without details is reported as an error; no known daemon sends one',
  },
  {
    group: 'global',
    cases: /^buildx build --load \.$/,
    parts: ['exit', 'stderr', 'wire'],
    because: 'tug has the commands of buildx that the engine can do without the plugin',
  },
  {
    group: 'global',
    cases: /^(-D|--debug|-D -D|-Dl info|-Dc default|-D container|-l debug) (ps|ls)( -q)?$/,
    parts: ['stderr'],
    because: 'with --debug, tug prints its API requests',
  },
  {
    group: 'global',
    cases: /^container --context default ls$/,
    parts: ['exit', 'stderr'],
    because: 'the usage and exit code for a wrong flag are those of every other command',
  },
  {
    group: 'endpoint',
    cases: /unix:\/\/x y/,
    parts: ['stderr'],
    because: 'the path of a socket may contain a space',
  },
  {
    group: 'run',
    cases: /^(container )?run ((-q )?-d|-dit|-itd) (?!-a)/,
    parts: ['wire'],
    because: 'tug does not wait for the exit code of a container in the background, which it does not use',
  },
  {
    group: 'run',
    cases: /# wait reports an error$/,
    parts: ['stderr'],
    because: 'the message is printed without the time and level of a log line',
  },
  {
    group: 'create-flags',
    cases: /--gpus all --help$/,
    parts: ['stdout'],
    because: 'help is printed, however old the daemon is',
  },
  {
    group: 'checkpoint',
    cases: /^checkpoint {2}# help, not experimental$/,
    parts: ['exit'],
    because: 'help is printed, whatever the daemon supports',
  },
  {
    group: 'checkpoint',
    cases: /^checkpoint nope {2}# not experimental$/,
    parts: ['stderr'],
    because: 'an unknown command is reported as such, whatever the daemon supports',
  },
  {
    group: 'checkpoint',
    cases: /^checkpoint (ls|rm web) ""$/,
    parts: ['stderr', 'wire'],
    because: 'an empty name is refused; docker requests all checkpoints, or those of a container without a name',
  },
  {
    group: 'manifest',
    cases: /box:no-config$|box:amd64@sha256:\w+$/,
    parts: ['stderr'],
    because: "the error says what is wrong with an image's manifest; docker prints the manifest's bytes as numbers",
  },
  {
    group: 'manifest',
    cases: /box:circle$/,
    parts: ['stderr'],
    because: 'the error about a redirect loop names the registry',
  },
  {
    group: ['restart', 'pause', 'unpause', 'wait', 'rename', 'update', 'port', 'top', 'diff', 'attach'],
    cases: /^[a-z]+ (-c 10 )?(\.\.|\/)( |$)/,
    parts: ['stderr', 'wire'],
    because: '`..` and `/` are escaped in the path: docker requests a path above the containers',
  },
  {
    group: ['restart', 'pause', 'unpause', 'wait', 'update', 'attach'],
    cases: /^[a-z]+ (-c 10 )?a\/\.\.\/b/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`..` is escaped in the path: docker uses container b',
  },
  {
    group: ['port', 'top', 'diff'],
    cases: /^[a-z]+ a\/\.\.\/b/,
    parts: ['stderr', 'wire'],
    because: '`..` is escaped in the path: docker requests container b',
  },
  {
    group: 'prune',
    cases: /^builder prune/,
    parts: ['stderr'],
    because: 'docker explains how to install its buildx plugin, which is not needed to empty the cache',
  },
  {
    group: 'volume-verbs',
    cases: /^volume create a b$/,
    parts: ['stderr'],
    because: 'docker\'s message about too many arguments has a typo: "SRun"',
  },
  {
    group: ['network-verbs', 'volume-verbs'],
    cases: /^(network|volume) rm (\.\.|\/) /,
    parts: ['stderr', 'wire'],
    because:
      '`..` and `/` are escaped in the path: docker requests the deletion of all networks or volumes, or of a path above them',
  },
  {
    group: ['network-verbs', 'volume-verbs'],
    cases: /^(network|volume) rm a\/\.\.\/b /,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`..` is escaped in the path: docker removes network or volume b',
  },
  {
    group: 'plugin',
    cases: /^plugin ((enable|disable) (\/|a\/\.\.\/b)|rm a\/\.\.\/b) /,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: 'there is no plugin with such a name; docker sends the request for another path',
  },
  {
    group: 'plugin',
    cases: /^plugin ((enable|disable|rm) \.\.|rm \/) /,
    parts: ['stderr', 'wire'],
    because: 'there is no plugin with such a name; docker sends the request for another path',
  },
  {
    group: 'plugin',
    cases: /^__completeNoDesc plugin (disable|enable|inspect|push|rm|set|upgrade) ""$/,
    parts: ['stdout', 'stderr', 'wire'],
    because: 'names of plugins are completed; docker offers file names',
  },
  {
    group: 'plugin',
    cases: /^__completeNoDesc plugin (install (--alias )?|ls --filter )""$/,
    parts: ['stdout', 'stderr'],
    because: 'filters are completed, and no file names are offered for plugins in a registry',
  },
  {
    group: 'plugin',
    cases: /^plugin (upgrade|install) .*# (target is image|an image)$/,
    parts: ['stderr'],
    because: 'the advised command is that of the program that was called',
  },
  {
    group: 'plugin',
    cases: /^plugin ls --format \{\{\.\}\}$/,
    parts: ['stdout'],
    because: 'docker prints the memory of its own types',
  },
  {
    group: 'network-verbs',
    cases: /^network (connect|disconnect) \.\. /,
    parts: ['stderr', 'wire'],
    because: '`..` is escaped in the path: docker requests a path above the networks',
  },
  {
    group: 'service',
    cases: /^service inspect --pretty cred$/,
    parts: ['exit', 'stdout', 'stderr'],
    because: "the config of a credential spec has no file, on which docker's template fails",
  },
  {
    group: 'service',
    cases: /^service ls --format \{\{$/,
    parts: ['wire'],
    because: 'an invalid template is refused before any request is sent',
  },
  {
    group: 'service-update',
    cases: /^service update -d \.\. /,
    parts: ['stderr', 'wire'],
    because: '`..` is escaped in the path: docker requests a path above the services',
  },
  {
    group: 'completion',
    cases:
      /^__completeNoDesc (manifest (create|inspect|push|rm)|checkpoint rm) ""$|^__completeNoDesc manifest annotate --(arch|os) /,
    parts: ['stdout', 'stderr'],
    because: 'only possible values are offered, or none; docker offers files',
  },
  {
    group: 'completion',
    cases: /^__completeNoDesc build --f$/,
    parts: ['stdout'],
    because: 'flags that only the classic builder supports are hidden, as the buildx plugin hides them',
  },
  {
    group: 'completion',
    cases: /^__completeNoDesc -$/,
    parts: ['stdout'],
    because: '`--color` and `--explain` are flags of tug only',
  },
  {
    group: 'completion',
    cases: /^__completeNoDesc rm (x )?--$/,
    parts: ['stdout'],
    because: '`--all`, `--dry-run`, `--filter`, `--format` and `--pick` of `rm` are flags of tug only',
  },
  {
    group: 'completion',
    cases: /^__completeNoDesc exec -$/,
    parts: ['stdout'],
    because: '`--dotenv` is a flag of tug only',
  },
  {
    group: 'completion',
    cases: /^__completeNoDesc run -$/,
    parts: ['stdout'],
    because: '`--dotenv`, `--wait` and `--wait-timeout` are flags of tug only',
  },
  {
    group: 'completion',
    cases: /^__completeNoDesc container ""$/,
    parts: ['stdout'],
    because: '`container command` and `container recreate` are commands of tug only',
  },
  {
    group: 'network-verbs',
    cases: /^network rm ingress ingress {2}# two prompts$/,
    parts: ['stdout', 'wire'],
    because: 'each question gets a line of stdin; docker loses what it has read beyond the first',
  },
  {
    group: 'completion',
    cases: /^completion$/,
    parts: ['stdout', 'stderr'],
    because: 'a group without a command behaves like every other group',
  },
  {
    group: 'completion',
    cases: /^completion nosuch$/,
    parts: ['exit', 'stdout', 'stderr'],
    because: 'a group without a command behaves like every other group',
  },
  {
    group: 'contexts',
    cases: /^context import new <dir>\/(something-else|climbs-out|climbs-out-at-once|no-endpoint)$/,
    parts: ['outputs'],
    because: 'nothing of a refused archive is kept; docker keeps the entries before the invalid one',
  },
  {
    group: 'contexts',
    cases: /^context export nosuch$/,
    parts: ['outputs'],
    because: 'docker leaves an empty file behind',
  },
  {
    group: 'contexts',
    cases: /^context export (ctx10|remote|(remote|default) file) {2}# written$/,
    parts: ['outputs'],
    because: "docker's archive lacks its end, so that tar prints an error",
  },
  {
    group: 'contexts',
    cases: /^context export (remote|default) - {2}# written$/,
    parts: ['stdout'],
    because: "docker's archive lacks its end, so that tar prints an error",
  },
  {
    group: 'contexts',
    cases: /^context (use (remote|ssh {2}# DOCKER_HOST|default {2}#)|rm -f remote {2}# in use$)/,
    parts: ['outputs'],
    because: 'config.json becomes readable by its owner only, and gets no empty list of credentials',
  },
  {
    group: 'cp',
    cases: /^cp -q=false c:\/p\/x\/\. ld\/ {2}#/,
    parts: ['exit', 'stderr'],
    because: 'a link with a trailing slash refers to the directory; docker treats the link as a file',
  },
  {
    group: 'cp',
    cases:
      /^cp -q=false c:\/p\/x(\/\.)? (\.\/new\/\. |l?f {2}# a directory|new\/ {2}# a file)|# (refused|daemon closes)$/,
    parts: ['stderr'],
    because: 'docker reports success before it reports that the copy failed',
  },
  {
    group: 'cp',
    cases: /^cp -q=false - c:\/x {2}# with progress$/,
    parts: ['stderr'],
    because: 'docker does not count the bytes from stdin and reports that it copied 0B',
  },
  {
    group: 'cp',
    cases: /^cp a b c$/,
    parts: ['stderr'],
    because: 'cp takes several sources',
  },
  {
    group: 'cp',
    cases: /^cp a:\/x b:\/y$/,
    parts: ['stderr', 'wire'],
    because: 'cp copies between containers',
  },
  {
    group: 'cp',
    cases: /^cp c:\/x \. {2}# interrupted$/,
    parts: ['exit'],
    because: 'docker exits 0 though nothing was copied',
  },
  {
    group: 'cp',
    cases: /# a truncated archive$/,
    parts: ['outputs'],
    because: 'docker leaves an incomplete file behind',
  },
  {
    group: ['save', 'export'],
    cases: /-o old a {2}# (ends early|interrupted|terminated)$/,
    parts: ['outputs'],
    because: 'docker replaces the existing file by an incomplete archive',
  },
  {
    group: 'endpoint',
    cases: /^ps -q {2}# by a proxy, 6$/,
    parts: ['stderr'],
    because: 'an unsupported proxy is reported before any request is sent',
  },
  {
    group: 'export',
    cases: /^export (\.\.|\/|a\/\.\.\/b)$/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`..` and `/` are escaped in the path: docker sends another request and treats the response as an archive',
  },
  {
    group: ['load', 'import'],
    cases: /^(load -i|import) directory$/,
    parts: ['stderr', 'wire'],
    because: 'a directory is refused before it is sent; docker reports a connection error',
  },
  {
    group: ['config', 'node', 'plugin', 'secret', 'stack'],
    cases: /^\w+ (ls|ps) .*--format \{\{$/,
    parts: ['wire'],
    because: 'an invalid template is refused before any request is sent',
  },
  {
    group: 'node',
    cases: /^node ps boss host9$/,
    parts: ['stdout', 'wire'],
    because: "docker requests the first node's tasks again with those of the second, and lists them twice",
  },
  {
    group: ['secret', 'config'],
    cases: /^\w+ (ls --format pretty|inspect -f table shop10)$/,
    parts: ['exit', 'stdout', 'stderr'],
    because: "docker uses the word as the name of another command's template, which does not fit",
  },
  {
    group: 'config',
    cases: /^config inspect ""$/,
    parts: ['stderr'],
    because: "docker's message has a typo: contig",
  },
]

export function deviationOf(group: string, name: string): Deviation | undefined {
  return deviations.find((deviation) => [deviation.group].flat().includes(group) && deviation.cases.test(name))
}
