/** The part of Bun's build API that scripts/build.ts calls. */
declare module 'bun' {
  interface PluginBuilder {
    onResolve(
      filter: { filter: RegExp },
      resolve: (args: { path: string; importer: string }) => { path: string; namespace?: string } | undefined,
    ): void
    onLoad(
      filter: { filter: RegExp; namespace?: string },
      load: (args: { path: string }) => { contents: string; loader: 'js' | 'json' | 'ts' },
    ): void
  }

  interface BuildOptions {
    entrypoints: string[]
    outdir?: string
    root?: string
    target: 'node' | 'bun'
    format?: 'esm' | 'cjs'
    splitting?: boolean
    minify?: boolean
    bytecode?: boolean
    define: Record<string, string>
    naming?: { entry?: string; chunk?: string }
    plugins: { name: string; setup(build: PluginBuilder): void }[]
    compile?: CompileOptions
  }

  interface CompileOptions {
    outfile: string
    target?: string
    executablePath?: string
    autoloadDotenv: boolean
    autoloadBunfig: boolean
    execArgv: string[]
    /** How many times as often as usual code has to run before it is compiled. */
    jitPolicy: number
    /** Files that an executable writes to BUN_BYTECODE_ORDER_OUT. */
    bytecodeOrder?: readonly string[]
  }

  export function build(options: BuildOptions): Promise<{ success: boolean; logs: unknown[] }>
}
