/** Adds a node at the moment shown: its name and, where one is wanted, its zone; it is as large as the one it is to be like. */
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { t } from '../../i18n/translate';
import { isNode, type NodeRow } from '../../view/rows';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { useWorld } from '../state/world';
import { adding, capacityOf, nextName } from './added-node';
import { closeMenu } from './open-menu';

/** What the API server takes for a name, and for the value of a label. */
const NAME = '[a-z0-9]([a-z0-9.\\-]*[a-z0-9])?';
const VALUE = '[A-Za-z0-9]([A-Za-z0-9_.\\-]*[A-Za-z0-9])?';

/** See the header. */
export function AddNode({ like }: { like: NodeRow | undefined }) {
  const [nodes] = useState(() => [...useWorld.getState().rows.values()].filter(isNode));
  const taken = new Set(nodes.map(({ name }) => name));
  const zones = [...new Set(nodes.flatMap(({ zone = [] }) => zone))].sort();
  const [name, setName] = useState(() => nextName(like?.name, taken));
  const [zone, setZone] = useState(like?.zone ?? '');
  const field = useRef<HTMLInputElement>(null);
  const list = useId();
  useEffect(() => field.current?.select(), []);
  const isTaken = taken.has(name.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isTaken) return;
    closeMenu();
    useSession.setState({ view: 'nodes' });
    void conductor.acts.do(adding(name.trim(), zone.trim(), like), t('node.added', { name: name.trim() }));
  };
  const capacity = like && like.cpuMilli > 0 ? capacityOf(like) : undefined;
  return (
    <form className="object-menu-ask" onSubmit={submit} aria-label={t('node.add')}>
      <h3>{t('node.add')}</h3>
      <label>
        {t('node.addName')}
        <input
          ref={field}
          className="field mono"
          required
          maxLength={63}
          pattern={NAME}
          spellCheck={false}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label>
        {t('node.addZone')}
        <input
          className="field mono"
          list={list}
          maxLength={63}
          pattern={VALUE}
          spellCheck={false}
          autoComplete="off"
          value={zone}
          onChange={(event) => setZone(event.target.value)}
        />
      </label>
      <datalist id={list}>
        {zones.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <p className="quiet" role="status">
        {isTaken
          ? t('node.addTaken', { name: name.trim() })
          : capacity && t('node.addSize', { node: like?.name ?? '', ...capacity })}
      </p>
      <button type="submit" className="button primary small" disabled={isTaken}>
        {t('node.add')}
      </button>
    </form>
  );
}
