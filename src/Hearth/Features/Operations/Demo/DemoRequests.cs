using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Hearth.Platform;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Hearth.Features.Operations.Demo;

/// <summary>What people of the demonstration do once it runs goes by the same requests that anybody sends.</summary>
internal sealed class DemoRequests(HearthOptions options, IServer server, IHostApplicationLifetime lifetime)
{
    /// <summary>Until there is somebody to answer, or nobody will be.</summary>
    public async Task Started(CancellationToken ct)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listening = lifetime.ApplicationStarted.Register(started.SetResult);
        await using var stopped = ct.Register(() => started.TrySetCanceled(ct));
        await started.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>For when it has started.</summary>
    public HttpClient Client() => new() { BaseAddress = Address(), Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Who is told to slow down does so, as any client should.</summary>
    public static async Task<JsonDocument> Send(HttpClient client, string? token, HttpMethod method, string path, object? body, CancellationToken ct)
    {
        for (var patience = 30; ; patience--)
        {
            using var request = new HttpRequestMessage(method, path);
            if (token is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (body is not null)
                request.Content = JsonContent.Create(body);
            using var response = await client.SendAsync(request, ct);
            if (response.StatusCode == HttpStatusCode.TooManyRequests && patience > 0)
            {
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(3), ct);
                continue;
            }

            response.EnsureSuccessStatusCode();
            var text = await response.Content.ReadAsStringAsync(ct);
            return JsonDocument.Parse(text.Length == 0 ? "{}" : text);
        }
    }

    private Uri Address() => new(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? options.PublicUrl);
}
