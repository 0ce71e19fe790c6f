using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Support;

/// <summary>Keeps what is logged.</summary>
/// <param name="lowest">The finest level that is kept.</param>
public sealed class KeptLog(LogLevel lowest = LogLevel.Trace) : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
