// What a monitor reads, in Prometheus' text format: counts and times, and nobody's name.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { HubServer } from './server.ts'

export class Metrics {
  readonly registry = new Registry()
  readonly events = new Counter({
    name: 'wardkey_events_total',
    help: 'events of stations that were kept',
    registers: [this.registry],
  })
  readonly streams = new Gauge({
    name: 'wardkey_station_streams',
    help: 'stations that listen now',
    registers: [this.registry],
  })
  readonly #requests = new Histogram({
    name: 'wardkey_request_seconds',
    help: 'how long requests took, by route and status',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [this.registry],
  })

  constructor(app: HubServer) {
    collectDefaultMetrics({ register: this.registry })
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none'
      this.#requests.observe({ route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
    })
  }
}
