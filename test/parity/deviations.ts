import type { Part } from './compare.ts'

export interface Deviation {
  /** One group, or several that differ alike. */
  readonly group: string | readonly string[]
  /** Matches the names of the cases it covers. */
  readonly cases: RegExp
  /** The parts in which tug differs from docker on purpose. A part that no longer differs fails the test. */
  readonly parts: readonly Part[]
  readonly because: string
}

/** Where tug means to differ from the reference client. Every other difference is a bug. */
export const deviations: readonly Deviation[] = [
  {
    group: 'build',
    cases: /--disable-content-trust=false/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: 'images cannot be verified, so a build that asks for it is refused, even where nothing would be verified',
  },
  {
    group: 'build',
    cases: /# no BuildKit$/,
    parts: ['stderr', 'wire'],
    because:
      'a daemon is asked whether it has BuildKit, and builds with its own builder if not; docker tells of its plugin',
  },
  {
    group: 'buildkit',
    cases: /^build -o type=(oci|docker),dest=out\.tar (\.|--sbom=true \. {2}# containerd)$/,
    parts: ['outputs'],
    because: 'a file is written whole or not at all: a build that is refused leaves none behind',
  },
  {
    group: 'buildkit',
    cases: /BUILDX_NO_DEFAULT_LOAD=x$/,
    parts: ['stderr'],
    because: 'one warning of it is enough',
  },
  {
    group: 'buildkit',
    cases: /^build github\.com\//,
    parts: ['exit', 'stderr', 'wire'],
    because: "BuildKit knows this short form of a repository's address, only docker's client does not any more",
  },
  {
    group: 'buildkit',
    cases: /# git: (a space in the password|a port that is none)$/,
    parts: ['wire'],
    because: "a password is taken out of a remote's address that cannot be parsed, too",
  },
  {
    group: 'buildkit',
    cases: /^build --platform "" /,
    parts: ['stderr'],
    because: "the error quotes the pattern that docker's run and pull quote; its build has a newer one",
  },
  {
    group: 'images',
    cases: /^(images|image ls|image list) a b\b/,
    parts: ['stderr'],
    because: "docker's sentence about too many arguments has a slip of the pen: \"SRun 'docker images --help'\"",
  },
  {
    group: 'search',
    cases: /^search --format \{\{ busybox$/,
    parts: ['wire'],
    because: 'a template that cannot be read is refused before anything is asked of the daemon',
  },
  {
    group: ['images', 'network', 'volume', 'history'],
    cases: /--format ("\{\{bogus|\{\{( app| {2}# format)?$)/,
    parts: ['wire'],
    because: 'a template that cannot be read is refused before anything is asked of the daemon',
  },
  {
    group: 'templates',
    cases:
      /^(images|history|network ls|volume ls) .*(nope \.|open|=\{\{else|undefined|=\{\{break|unterminated|1x|=\{\{\.\w+( app)?$)/,
    parts: ['wire'],
    because: 'a template that cannot be read is refused before anything is asked of the daemon',
  },
  {
    group: ['images', 'network', 'volume'],
    cases: /# \w+Format \{\{$/,
    parts: ['stderr', 'wire'],
    because: 'a format in config.json that cannot be read is told by its key and file, before anything is asked',
  },
  {
    group: ['images', 'network', 'volume', 'ps', 'stats'],
    cases: /# \w+Format \{\{(\.Bogus\}\})?$/,
    parts: ['stderr'],
    because: 'a format in config.json that cannot be used is told by its key and file',
  },
  {
    group: 'history',
    cases: /^history ""/,
    parts: ['stderr', 'wire'],
    because: 'an empty name is refused before docker would ask for the history of nothing',
  },
  {
    group: 'images',
    cases: /# daemon 1\.24$/,
    parts: ['wire'],
    because: 'daemons older than 20.10 (API 1.41) are not supported, and 1.24 took another filter',
  },
  {
    group: 'ps',
    cases: /DOCKER_API_VERSION=bogus$/,
    parts: ['wire'],
    because: 'filters are not written in the form of API versions before 1.22',
  },
  {
    group: 'rm',
    cases: /^rm \.\.$/,
    parts: ['stderr', 'wire'],
    because:
      '`..` climbs out of the path: docker asks to delete /v1.50 itself; tug says that there is no such container',
  },
  {
    group: 'rmi',
    cases: /^rmi (a )?""/,
    parts: ['stderr', 'wire'],
    because: 'an empty name is refused before docker would send a DELETE for all of /images',
  },
  {
    group: 'rmi',
    cases: /^rmi " "/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: 'a blank name is no name, as docker says itself for containers',
  },
  {
    group: 'rm',
    cases: /^rm a\/\.\.\/b/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`..` climbs out of the path: docker removes container b',
  },
  {
    group: 'stop',
    cases: /^(container )?stop (\.\.|\/)$/,
    parts: ['stderr', 'wire'],
    because: '`..` and `/` climb out of the path: docker asks for what is above the containers',
  },
  {
    group: 'stop',
    cases: /^(container )?stop a\/\.\.\/b/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`..` climbs out of the path: docker stops container b',
  },
  {
    group: 'rmi',
    cases: /^rmi \.\.\/x/,
    parts: ['stderr', 'wire'],
    because: '`..` climbs out of the path: docker asks to delete /v1.50/x',
  },
  {
    group: 'images',
    cases: /^images a b c -q$/,
    parts: ['stderr'],
    because: "docker's sentence about too many arguments has a slip of the pen: \"SRun 'docker images --help'\"",
  },
  {
    group: 'kill',
    cases: /^kill a\/\.\.\/b/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`..` climbs out of the path: docker kills container b',
  },
  {
    group: 'kill',
    cases: /^kill (\.\.|\/)$/,
    parts: ['stderr', 'wire'],
    because: '`..` and `/` climb out of the path: docker asks for what is above the containers',
  },
  {
    group: 'auth-config',
    cases: /^login env\.example\.com {2}# refused$/,
    parts: ['stderr', 'outputs'],
    because: 'credentials that the registry refused are not kept, so there is nothing to warn of',
  },
  {
    group: ['helpers', 'pull', 'push', 'search', 'auth-config'],
    cases:
      /^(?!logout)(?!login -u).*(broken\.example\.com|# (no such helper|prints (nothing|garbage|a list|a number|a wrong type|half an object)|fails (without a word|with a word|on stderr)|misses the (server|user)|is killed|is no program|may not be run|says not found, and succeeds)$)/,
    parts: ['stderr'],
    because: 'docker goes on without credentials and does not say that the helper failed',
  },
  {
    group: 'helpers',
    cases: /^logout .*# (prints nothing|fails|misses|is|may|talks)/,
    parts: ['stderr'],
    because: 'docker counts a server twice and so forgets to say that nothing was erased',
  },
  {
    group: 'helpers',
    cases:
      /^logout .*# (pass(, no config.json| beside empty auths|, but another is named)?|secretservice( and pass)?)$/,
    parts: ['outputs'],
    because: 'a helper is asked once for each spelling of the server',
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
    because: 'a helper is asked once for each spelling of the server, and the variable is read once',
  },
  {
    group: 'auth-config',
    cases: /^logout .*# over a helper$/,
    parts: ['outputs'],
    because: 'a helper is asked once for each spelling of the server',
  },
  {
    group: 'login',
    cases: /^login a\.com b\.com$/,
    parts: ['stderr'],
    because: 'docker\'s sentence about too many arguments has a slip of the pen: "SRun"',
  },
  {
    group: 'logout',
    cases: /^logout a b$/,
    parts: ['stderr'],
    because: 'docker\'s sentence about too many arguments has a slip of the pen: "SRun"',
  },
  {
    group: 'login',
    cases: /# (over stored|credHelpers|credsStore|keeps what it does not know|HttpHeaders, proxies)$/,
    parts: ['outputs'],
    because:
      'config.json holds credentials: it becomes readable by its owner only, and keys that docker drops are kept',
  },
  {
    group: 'logout',
    cases:
      /^(?!.*# no config)(?!logout index\.docker\.io {2}# spelling)logout( (https:\/\/)?(docker\.io|example\.com|index\.docker\.io|helped\.example\.com|h\.example\.com)|$)/,
    parts: ['outputs'],
    because:
      'config.json becomes readable by its owner only; a helper is asked once for each server; docker.io means Docker Hub',
  },
  {
    group: 'logout',
    cases: /# no such helper$/,
    parts: ['stderr'],
    because: 'docker counts a server twice and so forgets to say that nothing was erased',
  },
  {
    group: 'pull',
    cases: /# error without detail$/,
    parts: ['exit', 'stdout', 'stderr'],
    because: 'an error is an error, though no daemon that is known leaves out its details',
  },
  {
    group: 'global',
    cases: /^(-D|--debug|-D -D|-Dl info|-Dc default|-D container|-l debug) (ps|ls)( -q)?$/,
    parts: ['stderr'],
    because: 'with --debug, tug shows what it asks the daemon',
  },
  {
    group: 'global',
    cases: /^container --context default ls$/,
    parts: ['exit', 'stderr'],
    because: 'a wrong flag is a wrong flag: usage and exit code are those of every other one',
  },
  {
    group: 'endpoint',
    cases: /unix:\/\/x y/,
    parts: ['stderr'],
    because: 'a socket path may hold a space',
  },
  {
    group: 'run',
    cases: /^(container )?run ((-q )?-d|-dit|-itd) (?!-a)/,
    parts: ['wire'],
    because: 'nobody reads the exit code of a container in the background, so tug does not wait for it',
  },
  {
    group: 'run',
    cases: /# wait reports an error$/,
    parts: ['stderr'],
    because: "the message without a log line's time and level",
  },
  {
    group: 'create-flags',
    cases: /--gpus all --help$/,
    parts: ['stdout'],
    because: 'who asks for help gets it, however old the daemon is',
  },
  {
    group: 'checkpoint',
    cases: /^checkpoint {2}# help, not experimental$/,
    parts: ['exit'],
    because: 'who asks for help gets it, whatever the daemon is',
  },
  {
    group: 'checkpoint',
    cases: /^checkpoint nope {2}# not experimental$/,
    parts: ['stderr'],
    because: 'an unknown command is unknown, whatever the daemon is',
  },
  {
    group: 'checkpoint',
    cases: /^checkpoint (ls|rm web) ""$/,
    parts: ['stderr', 'wire'],
    because: 'an empty name is refused before docker would ask for all checkpoints, or for those of no container',
  },
  {
    group: 'manifest',
    cases: /box:no-config$|box:amd64@sha256:\w+$/,
    parts: ['stderr'],
    because: "what is wrong with an image's manifest is told; docker prints the manifest's bytes as numbers",
  },
  {
    group: 'manifest',
    cases: /box:circle$/,
    parts: ['stderr'],
    because: 'the address that goes round in circles is told with its registry',
  },
  {
    group: ['port', 'top', 'diff'],
    cases: /# daemon closes$/,
    parts: ['wire'],
    because: 'docker asks a second time when a kept connection breaks before the answer',
  },
  {
    group: ['restart', 'pause', 'unpause', 'wait', 'rename', 'update', 'port', 'top', 'diff', 'attach'],
    cases: /^[a-z]+ (-c 10 )?(\.\.|\/)( |$)/,
    parts: ['stderr', 'wire'],
    because: '`..` and `/` climb out of the path: docker asks for what is above the containers',
  },
  {
    group: ['restart', 'pause', 'unpause', 'wait', 'update', 'attach'],
    cases: /^[a-z]+ (-c 10 )?a\/\.\.\/b/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`..` climbs out of the path: docker takes it for container b',
  },
  {
    group: ['port', 'top', 'diff'],
    cases: /^[a-z]+ a\/\.\.\/b/,
    parts: ['stderr', 'wire'],
    because: '`..` climbs out of the path: docker asks for container b',
  },
  {
    group: 'prune',
    cases: /^builder prune/,
    parts: ['stderr'],
    because: 'docker says how to install its buildx plugin, which emptying the cache does not need',
  },
  {
    group: 'events',
    cases: /# daemon closes$/,
    parts: ['wire'],
    because: 'docker asks a second time when a kept connection breaks before the answer',
  },
  {
    group: 'volume-verbs',
    cases: /^volume create a b$/,
    parts: ['stderr'],
    because: 'docker\'s sentence about too many arguments has a slip of the pen: "SRun"',
  },
  {
    group: ['network-verbs', 'volume-verbs'],
    cases: /^(network|volume) rm (\.\.|\/) /,
    parts: ['stderr', 'wire'],
    because: '`..` and `/` climb out of the path: docker asks to delete all networks or volumes, or what is above them',
  },
  {
    group: ['network-verbs', 'volume-verbs'],
    cases: /^(network|volume) rm a\/\.\.\/b /,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`..` climbs out of the path: docker removes network or volume b',
  },
  {
    group: 'network-verbs',
    cases: /^network (connect|disconnect) \.\. /,
    parts: ['stderr', 'wire'],
    because: '`..` climbs out of the path: docker asks for what is above the networks',
  },
  {
    group: 'service',
    cases: /^service inspect --pretty cred$/,
    parts: ['exit', 'stdout', 'stderr'],
    because: "a credential spec's config is no file, on which docker's template breaks off",
  },
  {
    group: 'service',
    cases: /^service ls --format \{\{$/,
    parts: ['wire'],
    because: 'a template that cannot be read is refused before anything is asked of the daemon',
  },
  {
    group: 'service-update',
    cases: /^service update -d \.\. /,
    parts: ['stderr', 'wire'],
    because: '`..` climbs out of the path: docker asks for what is above the services',
  },
  {
    group: 'completion',
    cases:
      /^__completeNoDesc (manifest (create|inspect|push|rm)|checkpoint rm) ""$|^__completeNoDesc manifest annotate --(arch|os) /,
    parts: ['stdout', 'stderr'],
    because: 'what may stand there is offered, and nothing where nothing is known; docker offers files',
  },
  {
    group: 'completion',
    cases: /^__completeNoDesc build --f$/,
    parts: ['stdout'],
    because: 'flags that only the old builder knows are hidden, as the plugin buildx hides them',
  },
  {
    group: 'completion',
    cases: /^__completeNoDesc completion ""$/,
    parts: ['stdout'],
    because: 'there is no script for PowerShell',
  },
  {
    group: 'completion',
    cases: /^__completeNoDesc -$/,
    parts: ['stdout'],
    because: "`--color` is tug's own",
  },
  {
    group: 'completion',
    cases: /^completion$/,
    parts: ['stdout', 'stderr'],
    because: 'a group without a command is answered like every other group',
  },
  {
    group: 'completion',
    cases: /^completion nosuch$/,
    parts: ['exit', 'stdout', 'stderr'],
    because: 'a group without a command is answered like every other group',
  },
  {
    group: 'contexts',
    cases: /^context import new <dir>\/(something-else|climbs-out|climbs-out-at-once|no-endpoint)$/,
    parts: ['outputs'],
    because: 'of an archive that is refused nothing is kept; docker keeps what came before the fault',
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
    because: "docker's archive breaks off before its end, so that tar complains",
  },
  {
    group: 'contexts',
    cases: /^context export (remote|default) - {2}# written$/,
    parts: ['stdout'],
    because: "docker's archive breaks off before its end, so that tar complains",
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
    because:
      'a slash behind a link to a directory says that the directory is meant; docker then takes the link for a file',
  },
  {
    group: 'cp',
    cases:
      /^cp -q=false c:\/p\/x(\/\.)? (\.\/new\/\. |l?f {2}# a directory|new\/ {2}# a file)|# (refused|daemon closes)$/,
    parts: ['stderr'],
    because: 'docker says that it has copied before it says that it could not',
  },
  {
    group: 'cp',
    cases: /^cp -q=false - c:\/x {2}# shown$/,
    parts: ['stderr'],
    because: 'docker does not count what comes from stdin, and says that it copied 0B',
  },
  {
    group: 'cp',
    cases: /^cp c:\/x \. {2}# interrupted$/,
    parts: ['exit'],
    because: 'docker exits 0 though nothing was copied',
  },
  {
    group: 'cp',
    cases: /# half an archive$/,
    parts: ['outputs'],
    because: 'docker leaves half of a file whose rest did not come',
  },
  {
    group: ['save', 'export'],
    cases: /-o old a {2}# (breaks off|interrupted|terminated)$/,
    parts: ['outputs'],
    because: 'docker puts half an archive in the place of the file that was there',
  },
  {
    group: ['save', 'export'],
    cases: /# daemon closes$/,
    parts: ['wire'],
    because: 'docker asks a second time when a kept connection breaks before the answer',
  },
  {
    group: 'endpoint',
    cases: /^ps -q {2}# by a proxy, 6$/,
    parts: ['stderr'],
    because: 'a proxy that may not be used is told before anything is asked',
  },
  {
    group: 'export',
    cases: /^export (\.\.|\/|a\/\.\.\/b)$/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`..` and `/` climb out of the path: docker asks for something else, and takes the answer for an archive',
  },
  {
    group: ['load', 'import'],
    cases: /^(load -i|import) directory$/,
    parts: ['stderr', 'wire'],
    because: 'a directory is refused before it is sent; docker blames the connection',
  },
  {
    group: ['config', 'node', 'secret'],
    cases: /^\w+ (ls|ps) .*--format \{\{$/,
    parts: ['wire'],
    because: 'a template that cannot be read is refused before anything is asked of the daemon',
  },
  {
    group: 'node',
    cases: /^node ps boss host9$/,
    parts: ['stdout', 'wire'],
    because: "docker asks for the first node's tasks again together with the second's, and lists them twice",
  },
  {
    group: ['secret', 'config'],
    cases: /^\w+ (ls --format pretty|inspect -f table shop10)$/,
    parts: ['exit', 'stdout', 'stderr'],
    because: "docker takes the word for another command's template, which does not fit",
  },
  {
    group: 'config',
    cases: /^config inspect ""$/,
    parts: ['stderr'],
    because: "docker's message has a slip of the pen: contig",
  },
]

export function deviationOf(group: string, name: string): Deviation | undefined {
  return deviations.find((deviation) => [deviation.group].flat().includes(group) && deviation.cases.test(name))
}
