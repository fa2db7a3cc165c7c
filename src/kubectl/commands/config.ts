/**
 * kubectl config, as far as there is something to configure: one cluster, one user and one context, whose namespace can be set.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/config; names are those that kubeadm gives.
 */
import type { Call, Command, Turn } from '../command';
import { KubectlError, throwAll, usageError } from '../errors';
import { flag, OUTPUT } from '../flag-sets';
import { renderOutput } from '../output/output';
import { yamlText } from '../output/yaml-text';
import { outputFormat } from '../output-format';
import { growingTable } from '../printers/tab-writer';

/** The one context there is. */
export const CONTEXT = 'kubernetes-admin@kubernetes';
/** The one cluster there is. */
export const CLUSTER = 'kubernetes';
/** The one user there is. */
export const USER = 'kubernetes-admin';

function kubeconfig({ io }: Call): object {
  const { namespace } = io.kubeconfig;
  return {
    apiVersion: 'v1',
    clusters: [
      { cluster: { 'certificate-authority-data': 'DATA+OMITTED', server: 'https://127.0.0.1:6443' }, name: CLUSTER },
    ],
    contexts: [{ context: { cluster: CLUSTER, ...(namespace ? { namespace } : {}), user: USER }, name: CONTEXT }],
    'current-context': CONTEXT,
    kind: 'Config',
    users: [{ name: USER, user: { 'client-certificate-data': 'DATA+OMITTED', 'client-key-data': 'DATA+OMITTED' } }],
  };
}

function view(call: Call): Turn {
  if (call.args.length > 0) throw usageError('config view', `unexpected arguments: [${call.args.join(' ')}]`);
  const output = outputFormat(call);
  const config = kubeconfig(call);
  if (!output) call.out(yamlText(config));
  else call.out(renderOutput(output.format, output.template, [config as never], { asList: false }));
  return undefined;
}

function noSuchContext(name: string): never {
  throw new KubectlError(`no context exists with the name: ${JSON.stringify(name)}`);
}

function getContexts(call: Call): Turn {
  const output = call.flags.text('output');
  if (!['', 'name'].includes(output)) {
    throw new KubectlError(
      `--output ${output} is not available in kubectl config get-contexts; resetting to default output format`,
    );
  }
  const isThere = call.args.length === 0 || call.args.includes(CONTEXT);
  const missing = call.args.filter((name) => name !== CONTEXT);
  const refused = missing.map((name) => new KubectlError(`context ${name} not found`));
  if (output === 'name') {
    if (isThere) call.out(`${CONTEXT}\n`);
    throwAll(refused);
    return undefined;
  }
  const row = ['*', CONTEXT, CLUSTER, USER, call.io.kubeconfig.namespace];
  const header = ['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE'];
  const rows = isThere ? [row] : [];
  call.out(growingTable(call.flags.bool('no-headers') ? rows : [header, ...rows], []).text);
  throwAll(refused);
  return undefined;
}

function useContext(call: Call): Turn {
  const [name, ...more] = call.args;
  if (name === undefined || more.length > 0) throw new KubectlError(`Unexpected args: [${call.args.join(' ')}]`);
  if (name !== CONTEXT) noSuchContext(name);
  call.out(`Switched to context ${JSON.stringify(CONTEXT)}.\n`);
  return undefined;
}

function setContext(call: Call): Turn {
  const { args, flags, io } = call;
  const name = flags.bool('current') ? CONTEXT : args[0];
  if (name === undefined) throw new KubectlError('you must specify a non-empty context name or --current');
  if (name !== CONTEXT) {
    throw new KubectlError(`kubestep: there is one context, ${CONTEXT}, and no other can be made`, { bare: true });
  }
  if (flags.given('namespace')) io.kubeconfig.setNamespace(flags.text('namespace'));
  call.out(`Context ${JSON.stringify(CONTEXT)} modified.\n`);
  return undefined;
}

const list =
  (header: string, value: string) =>
  (call: Call): Turn => {
    call.out(`${header}\n${value}\n`);
    return undefined;
  };

/** The subcommands of kubectl config that are there. */
export const CONFIG: readonly Command[] = [
  {
    path: 'config view',
    use: 'config view [flags]',
    reads: true,
    flags: [
      ...OUTPUT,
      ...['minify', 'flatten', 'raw'].map((name) => flag.harmless(flag.bool(name), 'there is one context')),
    ],
    run: view,
  },
  {
    path: 'config current-context',
    use: 'config current-context',
    reads: true,
    flags: [],
    run: (call) => {
      call.out(`${CONTEXT}\n`);
      return undefined;
    },
  },
  {
    path: 'config get-contexts',
    use: 'config get-contexts [(-o|--output=)name)]',
    reads: true,
    flags: [flag.text('output', 'o'), flag.bool('no-headers')],
    run: getContexts,
  },
  { path: 'config get-clusters', use: 'config get-clusters', reads: true, flags: [], run: list('NAME', CLUSTER) },
  { path: 'config get-users', use: 'config get-users', reads: true, flags: [], run: list('NAME', USER) },
  {
    path: 'config use-context',
    aliases: ['config use'],
    use: 'config use-context CONTEXT_NAME',
    flags: [],
    run: useContext,
  },
  {
    path: 'config set-context',
    use: 'config set-context [NAME | --current] [--namespace=namespace]',
    flags: [flag.bool('current')],
    run: setContext,
  },
];
