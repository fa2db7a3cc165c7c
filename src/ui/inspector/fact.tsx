/** One fact about an object; where it is another object, as a link that selects it. */
import type { ReactNode } from 'react';
import { type MessageKey, t } from '../../i18n/translate';
import { parseRowId, type Row } from '../../view/rows';
import { select } from '../state/session';

/** One line; a label is a text of ours or a column of kubectl's. */
export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

/** A fact under one of our labels. */
export const fact = (label: MessageKey, value: ReactNode): Fact => ({ label: t(label), value });

/** What its containers run, each image once. */
export function imagesFact({ images }: { readonly images: string }): Fact {
  return fact('fact.image', <code>{[...new Set(images.split(', '))].join(', ')}</code>);
}

/** The controlling owner, if there is one. */
export function ownerFact(row: Row): Fact {
  return fact('fact.owner', row.owner ? <ObjectLink id={row.owner} /> : undefined);
}

/** The name of an object; choosing it selects the object. */
export function ObjectLink({ id }: { id: string }) {
  const { kind, name } = parseRowId(id);
  return (
    <button
      type="button"
      className="link-button"
      title={`${kind} ${name}`}
      onClick={() => select(id, { reveal: true })}
    >
      {name}
    </button>
  );
}
