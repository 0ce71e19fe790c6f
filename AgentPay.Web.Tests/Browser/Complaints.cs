using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>Errors that a browser reports: console errors, policy violations, exceptions in scripts, failed requests.</summary>
internal sealed class Complaints : IDisposable
{
    private readonly ConcurrentQueue<string> _found = new();
    private readonly IBrowserContext _profile;
    private readonly string[] _expected;

    public Complaints(IBrowserContext profile, string[] expected)
    {
        (_profile, _expected) = (profile, expected);
        profile.Console += OnConsole;
        profile.WebError += OnWebError;
        profile.Response += OnResponse;
        profile.RequestFailed += OnRequestFailed;
    }

    public IEnumerable<string> Found => _found;

    public void Dispose()
    {
        _profile.Console -= OnConsole;
        _profile.WebError -= OnWebError;
        _profile.Response -= OnResponse;
        _profile.RequestFailed -= OnRequestFailed;
    }

    private void OnConsole(object? sender, IConsoleMessage message)
    {
        if (message.Type is "error" or "warning") Add($"{message.Type}: {message.Text}");
    }

    private void OnWebError(object? sender, IWebError error) => Add($"script: {error.Error}");

    private void OnResponse(object? sender, IResponse answer)
    {
        if (answer.Status >= 400) Add($"{answer.Status} {answer.Url}");
    }

    private void OnRequestFailed(object? sender, IRequest request)
    {
        // A page that is left gives up what it was loading.
        if (request.Failure != "net::ERR_ABORTED") Add($"{request.Failure} {request.Url}");
    }

    private void Add(string complaint)
    {
        if (!_expected.Any(complaint.Contains)) _found.Enqueue(complaint);
    }
}
