/** The link of what the page showed at one moment, with as much of that as the sender wants. */
import { withoutSecretValues } from '../../engine/api/secret-command';
import type { TimedInput } from '../../engine/simulation';
import { type EmbedMode, encodeLink, placeOf } from '../../scenario/share-link';
import { useLanguage } from '../shell/language';
import { useDocument } from '../state/document';
import { useHistory } from '../state/history';
import { conductor } from '../state/page';
import type { SessionState } from '../state/session';

/** What a link is to carry beside the scenario and what was done by hand. */
export interface Wishes {
  readonly opensAt: 'moment' | 'start';
  readonly select: boolean;
  readonly view: boolean;
  readonly branches: boolean;
  readonly lang: boolean;
  readonly embed?: EmbedMode;
}

/** A link, and whether values of Secrets are in it: its text and what was done by hand begin there anew. */
export interface MadeLink {
  readonly link: string;
  readonly tellsSecrets: boolean;
}

const SECRET = /^[ \t]*["']?kind["']?:\s*["']?Secret\b/m;

function isTelling({ kind, payload }: TimedInput): boolean {
  const { command, documents = [] } = payload as { command?: string; documents?: readonly { kind?: string }[] };
  if (kind === 'apply') return documents.some((each) => each.kind === 'Secret');
  return command !== undefined && withoutSecretValues(command) !== command;
}

/** See the header. */
export async function makeLink(session: SessionState, wishes: Wishes): Promise<MadeLink> {
  const { opensAt, select, view, branches, lang, embed } = wishes;
  const { text } = useDocument.getState();
  const carried = session.ready ? await conductor.query('link', {}) : undefined;
  const { present } = useHistory.getState();
  const { run } = present ?? {};
  const all =
    branches && run && run.text === carried?.text
      ? { run: { branches: run.branches, current: session.branch, continued: run.continued } }
      : undefined;
  const base = carried?.text ?? text;
  const inputs = [...(carried?.inputs ?? []), ...(all?.run.branches ?? []).flatMap((branch) => branch.inputs)];
  const fragment = encodeLink({
    text: base,
    edited: text,
    inputs: carried?.inputs,
    ...all,
    ...(opensAt === 'moment' ? { cursor: placeOf(session.cursor, session.current) } : {}),
    ...(view ? { view: session.view } : {}),
    ...(select && session.selected !== null ? { select: session.selected, tab: session.inspectorTab } : {}),
    ...(lang ? { lang: useLanguage.getState().language } : {}),
    ...(embed ? { embed } : {}),
  });
  const link = `${location.origin}${location.pathname}#${fragment}`;
  return { link, tellsSecrets: [base, text].some((each) => SECRET.test(each)) || inputs.some(isTelling) };
}
