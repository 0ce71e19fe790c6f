using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>Runs the benchmarks of single operations by BenchmarkDotNet.</summary>
internal static class MicroPart
{
    public static Task RunAsync(Aims _)
    {
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(new InProcessEmitToolchain(new())))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogger(NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableLogFile)
            .WithArtifactsPath(Path.GetTempPath());
        var table = new Table("operation", "µs", "± µs", "bytes allocated");
        foreach (var report in BenchmarkRunner.Run<MicroBenchmarks>(config).Reports)
        {
            var (time, memory) = (report.ResultStatistics!, report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase));
            table.Add(report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''), time.Median / 1000,
                time.StandardDeviation / 1000, (int)memory!);
        }
        return Task.CompletedTask;
    }
}

public class MicroBenchmarks
{
    private const string Url = "https://agentpay.example.com/paySyncUpdate?payment=0123456789abcdef";
    private const int Watchers = 1_000;

    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private readonly FormCollection _form = new(new Dictionary<string, StringValues>
    {
        ["AccountSid"] = SandboxApp.AccountSid,
        ["CallSid"] = "CA" + new string('1', 32),
        ["Sid"] = APayment.Pk.ToString(),
        ["PaymentMethod"] = "credit-card",
        ["Capture"] = "payment-card-number",
        ["PartialResult"] = "true",
        ["PaymentCardNumber"] = "xxxxxxxx",
        ["PaymentCardType"] = "visa",
        ["Required"] = "payment-card-number,expiration-date,security-code",
        ["DateUpdated"] = "2026-11-22T12:00:05.123Z",
    });

    private readonly SyncTokenKey _key = new(SandboxApp.AccountSid, SandboxApp.ApiKeySid, SandboxApp.ApiKeySecret);
    private readonly PaymentSession _session = APayment.Capturing();
    private readonly LiveFeed<int, PaymentSession> _feed = new((_, _) => true);
    private readonly CancellationTokenSource _leaving = new();
    private string _signature = "";
    private string _token = "";

    [GlobalSetup]
    public void Prepare()
    {
        _signature = RequestSignature.Sign(Url, _form, SandboxApp.AuthToken);
        _token = SyncAccessToken.Mint(_key, StubTwilio.Service, "amara@agentpay.example", TimeSpan.FromHours(1), _now);
        for (var watcher = 0; watcher < Watchers; watcher++) _ = WatchAsync();
    }

    [GlobalCleanup]
    public void Leave() => _leaving.Cancel();

    [Benchmark(Description = "Check the signature of a callback")]
    public object Signature() => RequestSignature.Verify(Url, _form, _signature, SandboxApp.AuthToken);

    [Benchmark(Description = "Parse a callback")]
    public object? Parse() => PayCallbackForm.Read(_form, "delivery", _now);

    [Benchmark(Description = "Parse a callback and apply it to its payment")]
    public object Apply() => _session.Apply(new PaymentEvent.CalledBack(_now, PayCallbackForm.Read(_form, "delivery", _now)!));

    [Benchmark(Description = "Publish a payment to 1,000 watchers")]
    public bool Publish() => _feed.Publish(1, _session);

    [Benchmark(Description = "Check a Sync token")]
    public object Token() => SyncAccessToken.Verify(_key, StubTwilio.Service, _token, _now);

    private async Task WatchAsync()
    {
        await foreach (var _ in _feed.WatchAsync(1, _leaving.Token)) continue;
    }
}
