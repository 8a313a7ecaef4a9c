using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests.Harness;

/// <summary>Keeps what a node logs, for tests of the log and for the message of a failed expectation.</summary>
internal sealed class NodeLog : ILoggerProvider, ILogger
{
    private const int Most = 2000;

    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = new();

    public IReadOnlyList<string> Lines => [.. lines.Select(line => line.Text)];

    /// <summary>The last warnings and errors.</summary>
    public string Trouble => string.Join('\n', lines.Where(line => line.Level >= LogLevel.Warning).TakeLast(10).Select(line => line.Text));

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lines.Enqueue((logLevel, exception is null ? formatter(state, exception) : $"{formatter(state, exception)}\n{exception}"));
        while (lines.Count > Most)
            lines.TryDequeue(out _);
    }

    public void Dispose()
    {
    }
}
