/** What a text is called in a list of texts: by its Scenario, else by its first workload and how many more there are, else by its first object. */
const MAX_CHARACTERS = 80;
/** Titles stand near the top; a large text is not searched to its end. */
const SEARCHED_CHARACTERS = 20_000;

const unquoted = (value: string): string => value.trim().replace(/^(["'])(.*)\1$/, '$2');

/** What a text is about, rather than what it needs besides. */
const WORKLOADS = 'Deployment|StatefulSet|DaemonSet|CronJob|Job|ReplicaSet|ReplicationController|Pod';
const WORKLOAD = new RegExp(`^(${WORKLOADS})$`);
const EVERY_WORKLOAD = new RegExp(`^kind: *["']?(?:${WORKLOADS})\\b`, 'gm');

/** `Deployment web` of a document that names as much. */
function documentTitle(text: string): { readonly kind: string; readonly title: string } {
  const kind = unquoted(/^kind: *(\S+)/m.exec(text)?.[1] ?? '');
  const name = /^ {2}name: *(\S.*)$/m.exec(text)?.[1] ?? /^metadata: *\{.*?\bname: *([^,}\s]+)/m.exec(text)?.[1] ?? '';
  return { kind, title: `${kind} ${unquoted(name)}`.trim() };
}

/** See the header; empty for a text that names nothing. */
export function titleOf(text: string): string {
  const head = text.slice(0, SEARCHED_CHARACTERS);
  const title = /^ {2}title: *(\S.*)$/m.exec(head)?.[1];
  if (title && !/^[{|>&*]/.test(title)) return unquoted(title).slice(0, MAX_CHARACTERS);
  const documents = head.split(/^---.*$/m).map(documentTitle);
  const found =
    documents.find(({ kind }) => kind === 'Scenario') ??
    documents.find(({ kind }) => WORKLOAD.test(kind)) ??
    documents.find((each) => each.title !== '');
  const named = found?.title.slice(0, MAX_CHARACTERS) ?? '';
  if (!found || !WORKLOAD.test(found.kind)) return named;
  const more = (text.match(EVERY_WORKLOAD)?.length ?? 1) - 1;
  return more > 0 ? `${named} +${more}` : named;
}
