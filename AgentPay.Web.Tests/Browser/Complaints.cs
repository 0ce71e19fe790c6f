using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>What a browser complains about: errors and violations on its console, scripts that throw, requests that fail.</summary>
internal sealed class Complaints
{
    private readonly ConcurrentQueue<string> _found = new();
    private readonly string[] _expected;

    public Complaints(IBrowserContext context, string[] expected)
    {
        _expected = expected;
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Add($"{message.Type}: {message.Text}");
        };
        context.WebError += (_, error) => Add($"script: {error.Error}");
        context.Response += (_, answer) =>
        {
            if (answer.Status >= 400) Add($"{answer.Status} {answer.Url}");
        };
        context.RequestFailed += (_, request) =>
        {
            // A page that is left gives up what it was loading.
            if (request.Failure != "net::ERR_ABORTED") Add($"{request.Failure} {request.Url}");
        };
    }

    public IEnumerable<string> Found => _found;

    private void Add(string complaint)
    {
        if (!_expected.Any(complaint.Contains)) _found.Enqueue(complaint);
    }
}
