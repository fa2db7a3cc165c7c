/**
 * Requests at the moment shown: who sends, the node that takes them in, the rule that chose, who answers; how many of the last second went
 * which way, drawn ones moving; and what failed, with its reason and the step that led to it.
 */
import { useMemo, useState } from 'react';
import { t } from '../../i18n/translate';
import type { RequestsAt } from '../../session/requests-at';
import { isPod, rowId } from '../../view/rows';
import { foldPods, hasManyPods } from '../../view/traffic-fold';
import { type Flow, type Station, type TrafficGraph, trafficGraph } from '../../view/traffic-graph';
import MoreToScroll from '../shell/more-to-scroll';
import { select, useSession } from '../state/session';
import { useAnswer } from '../state/use-answer';
import { useWorld } from '../state/world';
import { useMedia } from '../timeline/use-media';
import { useWidth } from '../timeline/use-width';
import { Failures } from './failures';
import { type Box, type Layout, layoutFor, numbersOn } from './places';
import './traffic.css';

/** So many drawn requests move at most. */
const MOVING = 24;

function useRequests(): RequestsAt | null {
  const second = useSession((session) => Math.floor(session.cursor.timeMs / 1000));
  return useAnswer('requests', { timeMs: second * 1000 }, { about: [second], refreshMs: 0 });
}

/** See the header. */
export default function TrafficView() {
  const requests = useRequests();
  const { element, width } = useWidth();
  const [eachPod, setEachPod] = useState(false);
  const drawn = useMemo(() => requests && (eachPod ? requests : foldPods(requests, ownerOf)), [requests, eachPod]);
  const graph = useMemo(() => drawn && trafficGraph(drawn), [drawn]);
  const isLow = useMedia('(max-height: 480px)');
  const layout = useMemo(() => graph && layoutFor(graph, width), [graph, width]);
  // Where the drawing does not fit beside them, why requests failed comes before it.
  const failuresFirst = isLow || layout?.isIndented === true;
  return (
    <section className="traffic" aria-label={t('traffic.region')} ref={element}>
      {graph && drawn && requests?.sources.length === 0 && <p className="graph-empty">{t('traffic.none')}</p>}
      {graph && layout && drawn && drawn.sources.length > 0 && (
        <>
          <Sources requests={drawn} />
          {requests && hasManyPods(requests) && (
            <button type="button" className="button small traffic-each" onClick={() => setEachPod(!eachPod)}>
              {t(eachPod ? 'traffic.byOwner' : 'traffic.eachPod')}
            </button>
          )}
          {failuresFirst && <Failures graph={graph} requests={drawn} />}
          <Ways graph={graph} requests={drawn} layout={layout} />
          {!failuresFirst && <Failures graph={graph} requests={drawn} />}
          <MoreToScroll box={element} className="traffic-more" />
        </>
      )}
    </section>
  );
}

/** The row id of a Pod's owner at the moment shown. */
function ownerOf(podId: string): string | undefined {
  const row = useWorld.getState().rows.get(podId);
  return row && isPod(row) ? row.owner : undefined;
}

function Sources({ requests: { sources, second } }: { requests: RequestsAt }) {
  return (
    <table className="traffic-sources">
      <caption>{second < 0 ? t('traffic.notYet') : t('traffic.second', { from: second, to: second + 1 })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('traffic.source')}</th>
          <th scope="col">{t('traffic.target')}</th>
          <th scope="col">{t('traffic.sent')}</th>
          <th scope="col">{t('traffic.ok')}</th>
          <th scope="col">{t('traffic.failed')}</th>
          <th scope="col">{t('traffic.underWay')}</th>
        </tr>
      </thead>
      <tbody>
        {sources.map(({ source, target, sent, ok, failed, underWay }) => (
          <tr key={source}>
            <th scope="row">{source}</th>
            <td className="mono">{target}</td>
            <td>{sent}</td>
            <td>{ok}</td>
            <td className={Object.keys(failed).length > 0 ? 'traffic-bad' : 'quiet'}>
              {Object.entries(failed)
                .map(([reason, count]) => `${count} ${reason}`)
                .join(', ') || 0}
            </td>
            <td>{underWay}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Ways({ graph, requests, layout }: { graph: TrafficGraph; requests: RequestsAt; layout: Layout }) {
  const playing = useSession((session) => session.playing);
  const { place, curve, isIndented, height, width } = layout;
  const byName = new Map(graph.stations.map((station) => [station.name, station]));
  const most = Math.max(1, ...graph.flows.map(({ ended }) => ended));
  return (
    <div className={isIndented ? 'traffic-ways indented' : 'traffic-ways'}>
      <div style={{ position: 'relative', width, height }}>
        <svg width={width} height={height} aria-hidden="true">
          {graph.flows.map((flow) => (
            <FlowLine key={`${flow.from.name} ${flow.to.name}`} flow={flow} most={most} layout={layout} />
          ))}
          {playing &&
            requests.samples.slice(0, MOVING).map(({ path, sentMs, endedMs, failure, source }) => {
              const points = path.flatMap((name) => byName.get(name) ?? []);
              // One whose sender found no address goes nowhere.
              if (points.length < 2) return null;
              const d = points
                .slice(1)
                .map((point, at) => curve(points[at] as Station, point))
                .join('');
              return (
                <circle
                  key={`${source} ${sentMs} ${endedMs} ${path.join(' ')}`}
                  r={failure ? 5 : 3.6}
                  className={failure ? 'traffic-dot bad' : 'traffic-dot'}
                  style={{ offsetPath: `path("${d}")`, animationDelay: `${(sentMs % 1000) - 1000}ms` }}
                />
              );
            })}
          {numbersOn(graph, layout).map(({ flow: { from, to, ended, failed }, at }) => (
            <text
              key={`${from.name} ${to.name}`}
              {...at}
              className={failed > 0 ? 'traffic-number bad' : 'traffic-number'}
            >
              {ended}
            </text>
          ))}
        </svg>
        {graph.stations.map((station) => (
          <StationBox key={station.name} station={station} at={place(station)} />
        ))}
      </div>
    </div>
  );
}

function FlowLine({ flow, most, layout: { curve } }: { flow: Flow; most: number; layout: Layout }) {
  const { from, to, ended, failed } = flow;
  const d = curve(from, to);
  const width = 1.5 + (8 * ended) / most;
  return (
    <>
      <path d={d} className="traffic-flow" strokeWidth={width} />
      {failed > 0 && <path d={d} className="traffic-flow bad" strokeWidth={Math.max(1.5, (width * failed) / ended)} />}
    </>
  );
}

/** What names of Pods differ in is their end, which is never cut. */
const END = 6;

function StationName({ name }: { name: string }) {
  return (
    <span className="traffic-name" title={name}>
      <span>{name.slice(0, -END)}</span>
      <span>{name.slice(-END)}</span>
    </span>
  );
}

function StationBox({ station, at }: { station: Station; at: Box }) {
  const { object, note, ended, failed, name } = station;
  const style = { left: at.x, top: at.y, width: at.width, height: at.height };
  const counts = failed > 0 ? t('traffic.countsFailed', { ended, failed }) : t('traffic.counts', { ended });
  const body = (
    <>
      <span className="traffic-kind">
        {object
          ? `${object.kind}${note && ` · ${note}`}`
          : t(station.column === 0 ? 'traffic.source' : 'traffic.place')}
      </span>
      <StationName name={object?.name ?? name} />
      <span className={failed > 0 ? 'traffic-count traffic-bad' : 'traffic-count'}>{counts}</span>
    </>
  );
  if (!object) {
    return (
      <div className="traffic-station" style={style}>
        {body}
      </div>
    );
  }
  return (
    <button
      type="button"
      className="traffic-station"
      style={style}
      aria-label={`${object.kind} ${object.name}`}
      aria-description={counts}
      onClick={() => select(rowId(object.kind, object.namespace, object.name), { reveal: true })}
    >
      {body}
    </button>
  );
}
