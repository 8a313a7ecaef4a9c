import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/api-error';
import { type GetToken, Http } from '../api/http';
import type { User } from '../api/wire';
import { CommunityApi } from '../community/api';
import { CommunityStore } from '../community/community-store';
import { LiveSocket } from '../live/live-socket';
import { RoomSocket } from '../live/room-socket';
import { PostCache } from '../offline/post-cache';
import { ViewQueue } from '../offline/view-queue';

/** One Hearth as a page knows it: its requests, its socket, its live state. Made once per provider. */
export class Hearth {
  readonly http: Http;
  readonly socket: LiveSocket;
  readonly rooms: RoomSocket;
  readonly community: CommunityStore;
  readonly communityApi: CommunityApi;
  readonly views: ViewQueue;
  readonly queries: QueryClient;
  private user: User | null = null;

  constructor(
    readonly baseUrl: string,
    private getToken: GetToken,
    queries?: QueryClient,
  ) {
    const key = (name: string) => () => `hearth:${name}:${baseUrl}:${this.user?.id ?? ''}`;
    const token: GetToken = (options) => this.getToken(options);
    this.http = new Http(baseUrl, token);
    this.socket = new LiveSocket(baseUrl, token);
    this.rooms = new RoomSocket(baseUrl, token);
    this.communityApi = new CommunityApi(this.http);
    this.views = new ViewQueue(key('views'), (ids) => this.communityApi.markViewed([...ids]));
    this.community = new CommunityStore(this.communityApi, new PostCache(key('posts')), this.views);
    this.queries = queries ?? newQueries();
    this.socket.onMessage((message) => this.community.receive(message));
  }

  setGetToken(getToken: GetToken): void {
    this.getToken = getToken;
  }

  get me(): User | null {
    return this.user;
  }

  /** Connects for this person; null disconnects. */
  signIn(user: User | null): void {
    this.user = user;
    this.community.setMe(user);
    if (user === null) {
      this.stop();
      return;
    }
    this.views.reload();
    this.socket.start();
    globalThis.addEventListener?.('online', this.views.flush);
  }

  stop(): void {
    globalThis.removeEventListener?.('online', this.views.flush);
    this.socket.stop();
    this.rooms.stop();
    this.views.stop();
  }
}

/** A refusal stays a refusal: only what may pass by itself is tried again. */
function newQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) =>
          count < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
      },
    },
  });
}
