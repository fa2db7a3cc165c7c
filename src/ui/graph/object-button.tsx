/** The name of a drawn object as a button: `KIND NAME`, with its state as the description. */
import type { ReactNode } from 'react';
import { select, useSession } from '../state/session';

interface Props {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly description: string;
  readonly className?: string;
  readonly children?: ReactNode;
}

/** See the header. */
export function ObjectButton({ id, kind, name, description, className = 'object-name', children }: Props) {
  const selected = useSession((session) => session.selected === id);
  return (
    <button
      type="button"
      className={`${className} nodrag`}
      data-object={id}
      data-selected={selected || undefined}
      aria-label={`${kind} ${name}`}
      aria-description={description}
      title={`${kind} ${name}`}
      onClick={() => select(id, { reveal: true })}
    >
      {children ?? name}
    </button>
  );
}
