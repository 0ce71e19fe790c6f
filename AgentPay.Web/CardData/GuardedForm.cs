using Microsoft.AspNetCore.Http.Features;

namespace AgentPay.Web.CardData;

/// <summary>The form of a request as all but the check of its signature sees it: masked.</summary>
internal sealed class GuardedForm(IFormFeature form, Func<IFormCollection, IFormCollection> mask) : IFormFeature
{
    private IFormCollection? _masked;

    /// <summary>Signatures are over what was sent.</summary>
    public async Task<IFormCollection> ReadOriginalAsync(CancellationToken cancellation)
    {
        try
        {
            return await form.ReadFormAsync(cancellation);
        }
        catch (NotSupportedException charset)
        {
            // UTF-7, which .NET knows and refuses: as malformed as any other form that cannot be read.
            throw new InvalidDataException(charset.Message, charset);
        }
    }

    public bool HasFormContentType => form.HasFormContentType;

    public IFormCollection? Form
    {
        get => _masked ??= form.Form is { } read ? mask(read) : null;
        set => (_masked, form.Form) = (null, value);
    }

    public IFormCollection ReadForm() => ReadFormAsync(CancellationToken.None).GetAwaiter().GetResult();

    public async Task<IFormCollection> ReadFormAsync(CancellationToken cancellationToken) => _masked ??= mask(await ReadOriginalAsync(cancellationToken));
}
