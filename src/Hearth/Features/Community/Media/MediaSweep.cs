using Npgsql;

namespace Hearth.Features.Community;

/// <summary>
/// Removes files that no post, comment or profile names: what a crash between file and row, or between row and file, left over.
/// Every node sweeps its own disk.
/// </summary>
internal sealed partial class MediaSweep(NpgsqlDataSource source, MediaFolder folder, MediaLinks links, TimeProvider time, ILogger<MediaSweep> log) : BackgroundService
{
    private const int Slice = 500;
    private static readonly TimeSpan Period = TimeSpan.FromHours(6);

    // A younger file may belong to a write that has not committed yet.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private const string NamedSql =
        """
        -- media.named
        select media from posts where media = any($1)
        union all
        select media from comments where media = any($1)
        union all
        select n.path from unnest($1, $2) as n (path, address) join users u on u.profile_photo = n.address
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                var removed = await Sweep(stoppingToken);
                if (removed > 0)
                    LogRemoved(log, removed);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <returns>How many files it removed.</returns>
    public async Task<int> Sweep(CancellationToken ct)
    {
        var removed = 0;
        foreach (var left in Old(folder.Incoming))
        {
            left.Delete();
            removed++;
        }

        foreach (var files in Old(folder.Posted).Chunk(Slice))
        {
            var named = await Named([.. files.Select(PathOf)], ct);
            foreach (var file in files)
            {
                if (named.Contains(PathOf(file)))
                    continue;
                file.Delete();
                removed++;
            }
        }

        return removed;
    }

    private IEnumerable<FileInfo> Old(string directory)
    {
        var before = (time.GetUtcNow() - Grace).UtcDateTime;
        return Directory.Exists(directory)
            ? new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.LastWriteTimeUtc < before)
            : [];
    }

    private string PathOf(FileInfo file) => Path.GetRelativePath(folder.Root, file.FullName).Replace('\\', '/');

    private async Task<HashSet<string>> Named(string[] paths, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(NamedSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = paths },
                new NpgsqlParameter<string[]> { TypedValue = Array.ConvertAll(paths, path => links.Of(path)!) },
            },
        };
        await using var rows = await command.ExecuteReaderAsync(ct);
        var named = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct))
            named.Add(rows.GetString(0));
        return named;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Count} media files that nothing names.")]
    private static partial void LogRemoved(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sweep of media files was interrupted and goes on in some hours: {Reason}")]
    private static partial void LogFailed(ILogger log, string reason);
}
