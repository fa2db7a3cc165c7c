/** Claims with their volumes, below the Pods that mount them or apart: lines, or cells where there are many. */
import { t } from '../../i18n/translate';
import { podField } from '../../view/card-size';
import type { Card } from '../../view/cards';
import { type ClaimRow, isVolume, parseRowId, type Row, type VolumeRow } from '../../view/rows';
import { useRow } from '../state/world';
import { ObjectButton } from './object-button';
import { StorageGlyph } from './storage-glyph';

type StorageCard = Extract<Card, { type: 'claims' | 'storage' }>;

/** See the header. */
export function StorageCards({ card }: { card: StorageCard }) {
  const { mode, columns } = podField(card.members.length);
  const style = mode === 'cells' ? { gridTemplateColumns: `repeat(${columns}, 28px)` } : undefined;
  return (
    <article className={`card storage-card ${card.type}`}>
      <p className="card-kind">{t(card.type === 'claims' ? 'storage.claims' : 'storage.rest')}</p>
      <div className={`storage-field ${mode}`} style={style}>
        {card.members.map((id) => (
          <StorageMember key={id} id={id} isLine={mode === 'lines'} />
        ))}
      </div>
    </article>
  );
}

function StorageMember({ id, isLine }: { id: string; isLine: boolean }) {
  const row = useRow<Row>(id);
  if (!row) return <MissingClaim id={id} isLine={isLine} />;
  return isVolume(row) ? (
    <VolumeMember row={row} isLine={isLine} />
  ) : (
    <ClaimMember row={row as ClaimRow} isLine={isLine} />
  );
}

/** A Pod names it, and it is not there. */
function MissingClaim({ id, isLine }: { id: string; isLine: boolean }) {
  const { kind, name } = parseRowId(id);
  const button = (
    <ObjectButton id={id} kind={kind} name={name} description={t('storage.missing')} className="storage-button">
      <StorageGlyph look="failed" isVolume={false} />
      {isLine && <span className="storage-name mono">{name}</span>}
    </ObjectButton>
  );
  return isLine ? (
    <div className="storage-line" data-look="failed">
      {button}
      <span className="storage-status">{t('storage.missing')}</span>
    </div>
  ) : (
    button
  );
}

function ClaimMember({ row, isLine }: { row: ClaimRow; isLine: boolean }) {
  const volume = useRow<VolumeRow>(row.volume);
  const button = (
    <ObjectButton
      id={row.id}
      kind={row.kind}
      name={row.name}
      description={describeClaim(row)}
      className="storage-button"
    >
      <StorageGlyph look={row.look} isVolume={false} />
      {isLine && <span className="storage-name mono">{row.name}</span>}
    </ObjectButton>
  );
  if (!isLine) return button;
  return (
    <div className="storage-line" data-look={row.look}>
      {button}
      {row.look !== 'bound' && <span className="storage-status">{row.status}</span>}
      <span className="storage-size">{row.size}</span>
      {volume && (
        <ObjectButton
          id={volume.id}
          kind={volume.kind}
          name={volume.name}
          description={describeVolume(volume)}
          className="storage-button volume"
        >
          <StorageGlyph look={volume.look} isVolume />
          <span className="storage-name mono">{shortVolume(volume.name)}</span>
        </ObjectButton>
      )}
    </div>
  );
}

function VolumeMember({ row, isLine }: { row: VolumeRow; isLine: boolean }) {
  const button = (
    <ObjectButton
      id={row.id}
      kind={row.kind}
      name={row.name}
      description={describeVolume(row)}
      className="storage-button"
    >
      <StorageGlyph look={row.look} isVolume />
      {isLine && <span className="storage-name mono">{shortVolume(row.name)}</span>}
    </ObjectButton>
  );
  if (!isLine) return button;
  return (
    <div className="storage-line" data-look={row.look}>
      {button}
      <span className="storage-status">{row.status}</span>
      <span className="storage-size">{row.size}</span>
    </div>
  );
}

/** Provisioned volumes are named after the claim's uid, of which the beginning is enough. */
function shortVolume(name: string): string {
  return name.replace(/^(pvc-[0-9a-f]{6})[0-9a-f]{2}-[0-9a-f-]+$/, '$1…');
}

/** The state in words. */
export function describeClaim({ status, size, modes, volume }: ClaimRow): string {
  const to = volume ? `, ${t('storage.boundTo', { name: parseRowId(volume).name })}` : '';
  return `${status}, ${size} ${modes}${to}`;
}

/** The state in words. */
export function describeVolume({ status, size, modes, reclaimPolicy, claim }: VolumeRow): string {
  const by = claim ? `, ${t('storage.claimedBy', { name: parseRowId(claim).name })}` : '';
  return `${status}, ${size} ${modes}, ${reclaimPolicy}${by}`;
}
