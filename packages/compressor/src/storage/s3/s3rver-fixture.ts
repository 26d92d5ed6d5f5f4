import { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import S3rver from 's3rver';
import { listen, type TestServer } from './listen-fixture.ts';

/**
 * Starts s3rver with the bucket `assets`. It gets requests when they have come in completely: of uploads that break off it
 * would keep the beginning, as no service does that people use.
 */
export async function startS3rver(directory: string): Promise<TestServer> {
  const configureBuckets = [{ name: 'assets' }];
  const s3rver = new S3rver({ directory, silent: true, vhostBuckets: false, configureBuckets });
  await s3rver.configureBuckets();
  const handle = s3rver.callback();
  return listen((request, response) => {
    buffer(request)
      .then((bytes) => {
        const { method, url, headers, httpVersion } = request;
        const whole = Object.assign(new IncomingMessage(request.socket), {
          method,
          url,
          headers,
          httpVersion,
          complete: true,
        });
        whole.push(bytes);
        whole.push(null);
        handle(whole, response);
      })
      .catch(() => response.destroy());
  });
}
