import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';

const KEY = 'AKIATEST';
const SECRET = 'a secret of a test';
const SESSION = 'session';
const REGION = 'eu-test-1';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();

/** Whether a request is signed with the secret: AWS Signature Version 4 as Amazon describes it, worked out anew. */
function isSigned({ method, url, headers }: IncomingMessage): boolean {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8}\/[^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const [, key, scope = '', names = '', signature] = pattern.exec(headers.authorization ?? '') ?? [];
  const [day = '', region = '', service = '', end = ''] = scope.split('/');
  if (key !== KEY || region !== REGION || service !== 's3') return false;
  for (const name of ['host', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-security-token'])
    if (!names.split(';').includes(name)) return false;
  const path = url ?? '';
  const canonical = [
    ...[method, path.split('?')[0], ''],
    ...names.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    ...['', names, headers['x-amz-content-sha256']],
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const signing = [day, region, service, end].reduce<string | Buffer>(hmac, `AWS4${SECRET}`);
  return hmac(signing, text).toString('hex') === signature;
}

/** A server that keeps the objects of one bucket as Amazon S3 does, in memory. */
export class BucketServer {
  readonly objects = new Map<string, Buffer>();
  /** Requests by method and status: `PUT 200`. */
  readonly answers: string[] = [];
  /** How many of the next requests it cannot take. */
  unwell = 0;
  readonly #server: Server;
  readonly #name: string;

  private constructor(server: Server, name: string) {
    this.#server = server;
    this.#name = name;
  }

  static async start(name: string): Promise<BucketServer> {
    const server = createServer();
    const bucket = new BucketServer(server, name);
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const [status, body] = bucket.#answer(request, Buffer.concat(chunks));
      bucket.answers.push(`${request.method} ${status}`);
      response.writeHead(status).end(request.method === 'HEAD' ? undefined : body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return bucket;
  }

  /** What a program that uses it has in its environment. */
  get env(): NodeJS.ProcessEnv {
    const address = this.#server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    return {
      ...{
        AWS_ACCESS_KEY_ID: KEY,
        AWS_SECRET_ACCESS_KEY: SECRET,
        AWS_SESSION_TOKEN: SESSION,
        AWS_REGION: REGION,
      },
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}/`,
    };
  }

  #answer(request: IncomingMessage, body: Buffer): [status: number, body: Buffer | string] {
    const error = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`;
    if (this.unwell > 0) {
      this.unwell--;
      return [503, error('SlowDown')];
    }
    if (!isSigned(request)) return [403, error('SignatureDoesNotMatch')];
    const [, bucket, ...parts] = (request.url ?? '').split('/');
    if (bucket !== this.#name) return [404, error('NoSuchBucket')];
    const key = parts.join('/');
    if (request.method === 'PUT') {
      if (request.headers['x-amz-content-sha256'] !== sha256(body))
        return [400, error('XAmzContentSHA256Mismatch')];
      this.objects.set(key, body);
      return [200, ''];
    }
    const object = this.objects.get(key);
    return object ? [200, object] : [404, error('NoSuchKey')];
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
