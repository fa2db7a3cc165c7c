/** Claims with their volumes, below the Pods that mount them or apart: lines, or cells where there are many. */
import { listed, t } from '../../i18n/translate';
import { podField } from '../../view/card-size';
import type { Card } from '../../view/cards';
import { type ClaimRow, isVolume, parseRowId, type Row, type StorageLook, type VolumeRow } from '../../view/rows';
import { useRovingFocus } from '../shell/roving-focus';
import { useRow } from '../state/world';
import { ObjectButton } from './object-button';
import { StorageGlyph } from './storage-glyph';
import { StorageLooks } from './storage-looks';

type StorageCard = Extract<Card, { type: 'claims' | 'storage' }>;

/** See the header. */
export function StorageCards({ card }: { card: StorageCard }) {
  const { mode, columns } = podField(card.members.length);
  const list = useRovingFocus<HTMLDivElement>();
  const style = mode === 'cells' ? { gridTemplateColumns: `repeat(${columns}, 28px)` } : undefined;
  return (
    <article className={`card storage-card ${card.type}`}>
      <p className="card-kind">
        {t(card.type === 'claims' ? 'storage.claims' : 'storage.rest')}
        {mode === 'cells' && <StorageLooks members={card.members} />}
      </p>
      <div ref={list} className={`storage-field ${mode}`} style={style}>
        {card.members.map((id) => (
          <StorageMember key={id} id={id} isLine={mode === 'lines'} />
        ))}
      </div>
    </article>
  );
}

interface MemberProps {
  readonly id: string;
  readonly isLine: boolean;
  /** With its name, where it is no line. */
  readonly isNamed?: boolean;
}

/** A claim or a volume: a line with words, or its sign. */
export function StorageMember({ id, isLine, isNamed = isLine }: MemberProps) {
  const row = useRow<Row>(id);
  if (!row) return <MissingClaim id={id} isLine={isLine} isNamed={isNamed} />;
  return isVolume(row) ? (
    <VolumeMember row={row} isLine={isLine} />
  ) : (
    <ClaimMember row={row as ClaimRow} isLine={isLine} isNamed={isNamed} />
  );
}

/** A Pod names it, and it is not there. */
function MissingClaim({ id, isLine, isNamed }: Required<MemberProps>) {
  const button = <StorageButton id={id} look="failed" description={t('storage.missing')} isNamed={isNamed} />;
  if (!isLine) return button;
  return (
    <div className="storage-line" data-look="failed">
      {button}
      <span className="storage-status">{t('storage.missing')}</span>
    </div>
  );
}

function ClaimMember({ row, isLine, isNamed }: Omit<Required<MemberProps>, 'id'> & { row: ClaimRow }) {
  const volume = useRow<VolumeRow>(row.volume);
  const button = <StorageButton id={row.id} look={row.look} description={describeClaim(row)} isNamed={isNamed} />;
  if (!isLine) return button;
  return (
    <div className="storage-line" data-look={row.look}>
      {button}
      {row.look !== 'bound' && <span className="storage-status">{row.status}</span>}
      <span className="storage-size">{row.size}</span>
      {volume && (
        <StorageButton id={volume.id} look={volume.look} description={describeVolume(volume)} isNamed isBeside />
      )}
    </div>
  );
}

function VolumeMember({ row, isLine }: { row: VolumeRow; isLine: boolean }) {
  const button = <StorageButton id={row.id} look={row.look} description={describeVolume(row)} isNamed={isLine} />;
  if (!isLine) return button;
  return (
    <div className="storage-line" data-look={row.look}>
      {button}
      <span className="storage-status">{row.status}</span>
      <span className="storage-size">{row.size}</span>
    </div>
  );
}

interface ButtonProps {
  readonly id: string;
  readonly look: StorageLook;
  readonly description: string;
  /** With its name beside its sign. */
  readonly isNamed: boolean;
  /** A volume in the line of its claim. */
  readonly isBeside?: boolean;
}

function StorageButton({ id, look, description, isNamed, isBeside }: ButtonProps) {
  const { kind, name } = parseRowId(id);
  const isDrum = kind === 'PersistentVolume';
  return (
    <ObjectButton
      id={id}
      kind={kind}
      name={name}
      description={description}
      className={isBeside ? 'storage-button volume' : 'storage-button'}
    >
      <StorageGlyph look={look} isVolume={isDrum} />
      {isNamed && <StorageName name={name} isVolume={isDrum} />}
    </ObjectButton>
  );
}

function StorageName({ name, isVolume: isDrum }: { name: string; isVolume: boolean }) {
  const [start, end] = (isDrum && provisionedName(name)) || startAndEnd(name);
  return (
    <span className="storage-name mono">
      <span>{start}</span>
      <span>{end}</span>
    </span>
  );
}

/** Provisioned volumes are named after the claim's uid, of which the beginning is enough. */
function provisionedName(name: string): [string, string] | undefined {
  const [, beginning] = /^(pvc-[0-9a-f]{6})[0-9a-f]{2}-[0-9a-f-]+$/.exec(name) ?? [];
  return beginning === undefined ? undefined : [`${beginning}…`, ''];
}

/** Names of one StatefulSet's claims differ at their ends: where there is no room, what comes before is cut. */
function startAndEnd(name: string): [string, string] {
  const lastPart = name.search(/-[^-]{1,7}$/);
  const at = lastPart < 0 ? Math.max(0, name.length - 5) : lastPart;
  return [name.slice(0, at), name.slice(at)];
}

/** The state in words. */
export function describeClaim({ status, size, modes, volume }: ClaimRow): string {
  return listed(status, `${size} ${modes}`, volume && t('storage.boundTo', { name: parseRowId(volume).name }));
}

/** The state in words. */
export function describeVolume({ status, size, modes, reclaimPolicy, claim }: VolumeRow): string {
  const by = claim && t('storage.claimedBy', { name: parseRowId(claim).name });
  return listed(status, `${size} ${modes}`, reclaimPolicy, by);
}
