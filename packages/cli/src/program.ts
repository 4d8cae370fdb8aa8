// Which commands are there, with which flags? Each one is loaded only when it is called.
import { Command, CommanderError, Option } from 'commander'
import type { ExitCode, Io } from './io.ts'
import { Refusal } from './io.ts'

/** Runs a command line (without the program's own name) and gives back the exit code. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = new Command('errorg')
    .description('Reproduce, trigger, diagnose and explain the errors of Okta APIs. Not affiliated with Okta, Inc.')
    .version(VERSION, '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err, getOutHelpWidth: () => Math.min(io.columns, 100) })
    .showHelpAfterError('(add --help for the flags)')
    .addHelpText('after', EXIT_CODES)

  program
    .command('serve')
    .description('start a local org that answers as Okta does')
    .option('--port <n>', 'port to listen on; 0 takes a free one', '4000')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--url <url>', 'base URL to advertise in links and issuers, when it differs from the address')
    .option('--tls', 'serve HTTPS with a certificate made for this run; says in which file callers find it')
    .option('--seed <file>', 'YAML or JSON with users, groups, tokens, zones and settings, in place of the demo data')
    .addOption(contractOption('; reference when nothing says else'))
    .addOption(
      new Option('--rate-limits <edition>', 'whose rate limits apply; workforce when nothing says else').choices([
        'off',
        'integrator',
        'one-app',
        'enterprise',
        'workforce',
      ]),
    )
    .option(
      '--control-token [value]',
      `demand a token for the control API: the one in ${CONTROL_TOKEN}, else one made at start`,
    )
    .option('--no-control', 'switch the control API off')
    .option('--json', 'print one line of JSON with everything a program needs')
    .option('--config-check', 'read flags and seed file, say what is wrong, start nothing')
    .action(async (options) => {
      const { serve } = await import('./commands/serve.ts')
      code = await serve(options, io)
    })

  program
    .command('explain')
    .description('say what an error means, why it happens and what to do')
    .argument('[what]', 'a code (E0000047 or 47), an OAuth error, an HTTP status (400 to 599), a kind, or code/cause')
    .option('--list', 'list everything that is known')
    .addOption(new Option('--by <order>', 'how to list').choices(['status', 'code', 'kind']).default('code'))
    .option('--json', 'print JSON')
    .action(async (what, options) => {
      const { explain } = await import('./commands/explain.ts')
      code = await explain(what, options, io)
    })

  program
    .command('trigger')
    .description('make an error happen for its genuine reason, diagnose it, cure it')
    .argument('[what]', 'a code, or code/cause such as E0000016/user-already-active')
    .option('--all', 'every proof there is')
    .option('--org <url>', 'a running errorg in place of a fresh org; its state is put back afterwards')
    .option(
      '--control-token-env <name>',
      'environment variable that holds the control token of that org',
      CONTROL_TOKEN,
    )
    .addOption(contractOption(''))
    .option('--steps', 'print the steps as data, run nothing')
    .option('--curl', 'print the steps as a shell script for an org started with `errorg serve`, run nothing')
    .option('--json', 'print JSON')
    .action(async (what, options) => {
      const { trigger } = await import('./commands/trigger.ts')
      code = await trigger(what, options, io)
    })

  program
    .command('diagnose')
    .description('name the cause of a failed call from what you saw of it')
    .argument('[file]', 'a file, or - for stdin')
    .addOption(
      new Option('--as <form>', 'what the input is; guessed when absent').choices([
        'curl',
        'har',
        'json',
        'evidence',
        'redirect',
        'token',
        'log',
      ]),
    )
    .option('--org <url>', 'ask this org about what the input leaves open; it is only read')
    .option(
      '--token-env <name>',
      'environment variable with the credential for --org; OKTA_API_TOKEN or OKTA_CLIENT_TOKEN when absent',
    )
    .option('--json', 'print JSON')
    .action(async (file, options) => {
      const { diagnose } = await import('./commands/diagnose.ts')
      code = await diagnose(file, options, io)
    })

  program
    .command('token')
    .description('say what is in a token, whether it is good, and why not; it is never printed and never sent')
    .argument('[jwt]', 'the token, or - for stdin, which keeps it out of the history of the shell')
    .option('--issuer <url>', 'the issuer that the verifier expects; its keys are fetched')
    .option('--audience <text>', 'the audience that the verifier expects')
    .option('--scope <words>', 'the scopes that the call needs, with blanks between')
    .option('--client-id <id>', 'the client that the token is to be issued to')
    .option('--nonce <text>', 'the nonce of the sign-in (ID tokens)')
    .option('--jwks <place>', 'address or file of the keys to check the signature with')
    .option('--fetch', 'fetch the keys of the issuer that the token names')
    .option('--no-fetch', 'fetch nothing, also with --issuer')
    .option('--json', 'print JSON')
    .action(async (jwt, options) => {
      const { token } = await import('./commands/token.ts')
      code = await token(jwt, options, io)
    })

  program
    .command('logs')
    .description('search the System Log of an org, or follow it')
    .argument('[what]', 'query, tail, recipes, or a filter such as \'eventType eq "user.session.start"\'')
    .argument('[filter]', 'a filter, behind query or tail; a name, behind recipes')
    .option('--org <url>', 'the org to ask')
    .option(
      '--token-env <name>',
      'environment variable with the credential; OKTA_API_TOKEN or OKTA_CLIENT_TOKEN when absent',
    )
    .option('--recipe <name>', 'a search with a name: see `errorg logs recipes`')
    .option('--app <name>', 'only events about this app')
    .option('--actor <login>', 'only events of this actor')
    .option('--request-id <id>', 'only events of the request with this x-okta-request-id')
    .option('--since <when>', 'a date, or how long ago: 15m, 2h, 7d')
    .option('--until <when>', 'the same, for the end')
    .option('--limit <n>', 'how many events at most, the newest; 100 when absent')
    .option('--interval <seconds>', 'how often tail asks; 5 when absent')
    .option('--json', 'print JSON; tail prints one event a line')
    .action(async (what, filter, options) => {
      const { logs } = await import('./commands/logs.ts')
      code = await logs(what, filter, options, io)
    })

  try {
    if (argv.length === 0) {
      io.err(program.helpInformation())
      return 2
    }
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof Refusal) {
      io.err(`errorg: ${error.message}\n`)
      return error.exit
    }
    // Commander has said what is wrong already. Help and version come this way too, with nothing wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    throw error
  }
}

const VERSION = '0.1.0'
const CONTROL_TOKEN = 'ERRORG_CONTROL_TOKEN'

const EXIT_CODES = `
Exit codes: 0 done, nothing wrong; 1 a problem was found; 2 usage; 3 input unreadable; 4 credentials needed; 5 network.
`

// No preset values here: a command has to know what was typed from what was not, since a seed file may say more.
function contractOption(more: string): Option {
  return new Option(
    '--contract <name>',
    `whose behaviour: the error code reference as given, or today's answers${more}`,
  ).choices(['reference', 'current'])
}
